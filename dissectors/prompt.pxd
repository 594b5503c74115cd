from dissectors.password cimport digit_of
from dissectors.reading cimport Reading

cdef int asks_for_pin(Reading r, int units) except? -1 nogil
