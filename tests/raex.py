"""IR.21 files written by hand, in both generations of the schema."""

from pathlib import Path

PARTNER = """<?xml version="1.0" encoding="UTF-8"?>
<tadig-raex-21:TADIGRAEXIR21 xmlns:tadig-raex-21="https://infocentre.gsm.org/TADIG-RAEX-IR21"
  xmlns:tadig-gen="https://infocentre.gsm.org/TADIG-GEN">
 <tadig-raex-21:RAEXIR21FileHeader>
  <tadig-gen:SenderTADIG>FRAXX</tadig-gen:SenderTADIG>
  <tadig-raex-21:FileCreationTimestamp>2026-02-01T12:00:00+02:00</tadig-raex-21:FileCreationTimestamp>
 </tadig-raex-21:RAEXIR21FileHeader>
 <tadig-raex-21:OrganisationInfo>
  <tadig-raex-21:OrganisationName>Exemple Mobile</tadig-raex-21:OrganisationName>
  <tadig-raex-21:CountryInitials>FRA</tadig-raex-21:CountryInitials>
  <tadig-raex-21:NetworkList><tadig-raex-21:Network>
   <tadig-raex-21:TADIGCode>FRAXX</tadig-raex-21:TADIGCode>
   <tadig-raex-21:NetworkData>
    <tadig-raex-21:RoutingInfoSection><tadig-raex-21:RoutingInfo>
     <tadig-raex-21:CCITT_E164_NumberSeries>
      <tadig-raex-21:MSISDN_NumberRanges><tadig-raex-21:RangeData>
       <tadig-raex-21:NumberRange>
        <tadig-gen:CC>33</tadig-gen:CC><tadig-gen:NDC>699</tadig-gen:NDC>
        <tadig-gen:SN_Range><tadig-gen:SN_RangeStart>000000</tadig-gen:SN_RangeStart>
         <tadig-gen:SN_RangeStop>299999</tadig-gen:SN_RangeStop></tadig-gen:SN_Range>
       </tadig-raex-21:NumberRange>
      </tadig-raex-21:RangeData></tadig-raex-21:MSISDN_NumberRanges>
      <tadig-raex-21:GT_NumberRanges><tadig-raex-21:RangeData>
       <tadig-raex-21:NumberRange>
        <tadig-gen:CC>33</tadig-gen:CC><tadig-gen:NDC>6990</tadig-gen:NDC>
       </tadig-raex-21:NumberRange>
      </tadig-raex-21:RangeData></tadig-raex-21:GT_NumberRanges>
     </tadig-raex-21:CCITT_E164_NumberSeries>
     <tadig-raex-21:CCITT_E212_NumberSeries>
      <tadig-gen:MCC>208</tadig-gen:MCC><tadig-gen:MNC>99</tadig-gen:MNC>
     </tadig-raex-21:CCITT_E212_NumberSeries>
     <tadig-raex-21:CCITT_E214_MGT>
      <tadig-raex-21:MGT_CC>33</tadig-raex-21:MGT_CC><tadig-raex-21:MGT_NC>698</tadig-raex-21:MGT_NC>
     </tadig-raex-21:CCITT_E214_MGT>
    </tadig-raex-21:RoutingInfo></tadig-raex-21:RoutingInfoSection>
    <tadig-raex-21:NetworkElementsInfoSection><tadig-raex-21:NetworkElementsInfo>
     <tadig-raex-21:NwNodeList>
      <tadig-raex-21:NwNode>
       <tadig-raex-21:NwElementType>MSC/VLR</tadig-raex-21:NwElementType>
       <tadig-raex-21:GTAddressInfo>
        <tadig-gen:CC>33</tadig-gen:CC><tadig-gen:NDC>6990</tadig-gen:NDC>
        <tadig-gen:SN_Range><tadig-gen:SN_RangeStart>00010</tadig-gen:SN_RangeStart>
         <tadig-gen:SN_RangeStop>00019</tadig-gen:SN_RangeStop></tadig-gen:SN_Range>
       </tadig-raex-21:GTAddressInfo>
      </tadig-raex-21:NwNode>
      <tadig-raex-21:NwNode>
       <tadig-raex-21:NwElementType>HLR</tadig-raex-21:NwElementType>
       <tadig-raex-21:GTAddressInfo>
        <tadig-gen:CC>33</tadig-gen:CC><tadig-gen:NDC>690</tadig-gen:NDC>
        <tadig-gen:SN_Range><tadig-gen:SN_RangeStart>000001</tadig-gen:SN_RangeStart>
         <tadig-gen:SN_RangeStop>000001</tadig-gen:SN_RangeStop></tadig-gen:SN_Range>
       </tadig-raex-21:GTAddressInfo>
      </tadig-raex-21:NwNode>
      <tadig-raex-21:NwNode>
       <tadig-raex-21:NwElementType>STP</tadig-raex-21:NwElementType>
      </tadig-raex-21:NwNode>
     </tadig-raex-21:NwNodeList>
    </tadig-raex-21:NetworkElementsInfo></tadig-raex-21:NetworkElementsInfoSection>
    <tadig-raex-21:InternationalSCCPGatewaySection><tadig-raex-21:InternationalSCCPCarrierList>
     <tadig-raex-21:SCCPCarrierItem>
      <tadig-raex-21:SCCPCarrierName>Carrier A</tadig-raex-21:SCCPCarrierName>
     </tadig-raex-21:SCCPCarrierItem>
    </tadig-raex-21:InternationalSCCPCarrierList></tadig-raex-21:InternationalSCCPGatewaySection>
    <tadig-raex-21:EPCRealm>epc.exemple.fr</tadig-raex-21:EPCRealm>
    <tadig-raex-21:EPCRealm>epc.mnc099.mcc208.3gppnetwork.org</tadig-raex-21:EPCRealm>
   </tadig-raex-21:NetworkData>
  </tadig-raex-21:Network></tadig-raex-21:NetworkList>
 </tadig-raex-21:OrganisationInfo>
</tadig-raex-21:TADIGRAEXIR21>
"""

# The later layout: one default namespace, a summary of the networks, no lists of one element.
SUMMARY = """<?xml version="1.0"?>
<TADIGRAEXIR21 xmlns="https://infocentre.gsm.org/TADIG-RAEX-IR21">
<RAEXIR21FileHeader><FileCreationTimestamp>2026-02-20</FileCreationTimestamp></RAEXIR21FileHeader>
<OrganisationInfo><OrganisationName>{name}</OrganisationName>
<CountryInitials>{country}</CountryInitials>
<TADIGSummaryList><TADIGSummaryItem><TADIGCode>{tadig}</TADIGCode>
<NetworkProperties><MCC>{mcc}</MCC><MNC>{mnc}</MNC></NetworkProperties>
</TADIGSummaryItem></TADIGSummaryList>
<GT_NumberRanges><NumberRange><CC>{cc}</CC><NDC>{ndc}</NDC></NumberRange></GT_NumberRanges>
<NwNode><NwElementType>HLR</NwElementType><CC>{cc}</CC><NDC>{ndc}0001</NDC></NwNode>
</OrganisationInfo></TADIGRAEXIR21>
"""
HOME = {"name": "Example Mobile Ltd", "country": "GHA", "tadig": "GHAXX", "mcc": "620"}
HOME |= {"mnc": "99", "cc": "233", "ndc": "592"}
SPAIN = {"name": "Ejemplo", "country": "ESP", "tadig": "ESPXX", "mcc": "214"}
SPAIN |= {"mnc": "99", "cc": "34", "ndc": "699"}


def write(folder: Path, **contents: str) -> Path:
    """Files of a folder by name, without .xml."""
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.xml").write_text(content, encoding="utf-8")
    return folder
