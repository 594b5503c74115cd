-- Text of captures as files for people and spreadsheets have it; sigaudit/report/wording.py does the same in Python.

-- What is no letter, mark, number, sign or space has no glyph or turns text around; nor have some marks and letters.
create or replace temp macro hides(word) as regexp_matches(
  word,
  '[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|[\x{34F}\x{115F}\x{1160}\x{17B4}\x{17B5}\x{180B}-\x{180F}\x{3164}]'
  || '|[\x{FE00}-\x{FE0F}\x{FFA0}\x{E0000}-\x{10FFFF}]'
);

-- A cell of CSV: hidden characters by their code points, an apostrophe before what a spreadsheet would run as a formula.
create or replace temp macro csv_cell(word) as
  if(regexp_matches(word, '^\s*[=+@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}-]'), '''', '')
  || if(
    hides(word),
    array_to_string(
      list_transform(string_split(word, ''), lambda c: if(hides(c), format('⟨U+{:04X}⟩', unicode(c)), c)), ''
    ),
    word
  );

-- A character as JSON escapes it, those of the higher planes in two halves (RFC 8259 7).
create or replace temp macro json_escaped(code) as
  if(
    code < 65536,
    format('\u{:04x}', code),
    format('\u{:04x}\u{:04x}', 55296 + ((code - 65536) >> 10), 56320 + ((code - 65536) & 1023))
  );

-- A line of JSON that means the same, with nothing hidden in it.
create or replace temp macro json_line(line) as
  if(
    hides(line),
    array_to_string(
      list_transform(string_split(line, ''), lambda c: if(hides(c), json_escaped(unicode(c)), c)), ''
    ),
    line
  );
