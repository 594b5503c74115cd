"""EtherTypes (IANA, IEEE 802 numbers): what a frame or a tunnel says of what it carries."""

IPV4 = 0x0800
IPV6 = 0x86DD
ETHERNET = 0x6558  # a whole frame, in GRE
MPLS = 0x8847
MPLS_UPSTREAM = 0x8848
PPP = 0x880B
PPPOE = 0x8864
VLAN = 0x8100
SERVICE_VLAN = 0x88A8
OLD_SERVICE_VLAN = 0x9100
ERSPAN = 0x88BE  # types I and II
ERSPAN_III = 0x22EB

JOINED = 0x10000  # beyond all EtherTypes: a datagram that was put together out of fragments
