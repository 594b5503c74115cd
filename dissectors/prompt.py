"""Whether a network's prompt asks for a secret: by words of many languages, see pin_words.py."""

import cython

if not cython.compiled:
    from dissectors.password import digit_of
    from dissectors.reading import Reading

WHOLE_WORD = cython.declare(cython.int, 4)  # letters: up to so many must stand alone
# scripts that put no spaces between words: Thai, and from the radicals on those of East Asia
THAI = cython.declare(cython.int, 0xE00)
BEHIND_THAI = cython.declare(cython.int, 0xE80)
EAST_ASIAN = cython.declare(cython.int, 0x2E80)


@cython.cfunc
@cython.nogil
def asks_for_pin(r: Reading, units: cython.int) -> cython.int:
    """Whether one of the words is in the first so many characters."""
    position: cython.int
    word: cython.int
    code: cython.int
    for position in range(units):
        code = _lower(r.characters[position])
        if position and not _is_unspaced(code) and _is_in_word(r.characters[position - 1]):
            continue
        for word in range(len(r.pin_words)):
            if r.pin_words[word, 0] == code and _is_there(r, word, position, units):
                return 1
    return 0


@cython.cfunc
@cython.nogil
def _is_there(r: Reading, word: cython.int, position: cython.int, units: cython.int) -> cython.int:
    length: cython.int = 0
    while r.pin_words[word, length]:
        if position + length == units:
            return 0
        if _lower(r.characters[position + length]) != r.pin_words[word, length]:
            return 0
        length += 1
    if length > WHOLE_WORD or position + length == units or _is_unspaced(r.pin_words[word, 0]):
        return 1
    return not _is_in_word(r.characters[position + length])


@cython.cfunc
@cython.nogil
def _lower(code: cython.int) -> cython.int:
    """Of Latin, Greek and Cyrillic letters the small one."""
    if 65 <= code <= 90 or 0xC0 <= code <= 0xDE or 0x391 <= code <= 0x3A9:
        return code + 32
    if 0x410 <= code <= 0x42F:
        return code + 32
    if code == 0x15E or code == 0x406:  # with cedilla, and of Ukrainian
        return code + (1 if code == 0x15E else 0x50)
    return code


@cython.cfunc
@cython.nogil
def _is_unspaced(code: cython.int) -> cython.int:
    return THAI <= code < BEHIND_THAI or code >= EAST_ASIAN


@cython.cfunc
@cython.nogil
def _is_in_word(code: cython.int) -> cython.int:
    """Letters, marks and digits; signs are below, or in the block of punctuation."""
    if code < 0xC0:
        return digit_of(code) >= 0 or 65 <= code <= 90 or 97 <= code <= 122
    return not 0x2000 <= code < 0x2E80 and code not in (0x60C, 0x61B, 0x61F, 0x6D4, 0x964)
