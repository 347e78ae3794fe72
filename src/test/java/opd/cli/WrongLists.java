package opd.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Lists for `allocate --from` that were damaged, mistyped, or made to do harm.
final class WrongLists {
  private enum Damage {
    OTHER_ENCODING,
    OPEN_QUOTE,
    HEADER_MISTYPED,
    COLUMN_MISSING,
    COLUMN_TWICE,
    FIELDS_TOO_MANY,
    FIELD_MISTYPED,
    FIELD_HOSTILE,
    EMPTY,
    NO_TEXT,
    NO_FILE,
    JSON_BROKEN,
    JSON_DEEP,
    JSON_NUMBER,
    JSON_OTHER_TYPE,
    JSON_HOSTILE,
    JSON_SURROGATE,
    WRONG_OPTION
  }

  private static final String HEADER = "slot,phone,name,priority,source";
  private static final List<String> COLUMNS = List.of(HEADER.split(","));

  private final RandomGenerator random;
  private final WrongValues values;

  WrongLists(RandomGenerator random, WrongValues values) {
    this.random = random;
    this.values = values;
  }

  static List<String> kinds() {
    return Arrays.stream(Damage.values()).map(damage -> "LIST_" + damage).toList();
  }

  WrongLine next(boolean isJson) {
    Damage damage = values.oneOf(Damage.values());
    List<String> words = new ArrayList<>(List.of("allocate", "--from", "-"));
    if (random.nextInt(4) == 0) {
      words.add("--strict");
    }
    switch (damage) {
      case NO_FILE ->
          words.set(
              2,
              random.nextBoolean()
                  ? values.oneOf("/nonexistent", ".", "", "/proc/self/mem", "\u0000", "/dev/null")
                  : values.hostile(values.kind()));
      case WRONG_OPTION ->
          words.addAll(
              List.of(values.oneOf("--format", "--batch-id"), values.hostile(values.kind())));
      default -> {}
    }
    return new WrongLine("LIST_" + damage, words, Map.of(), content(damage), isJson, true, null);
  }

  private byte[] content(Damage damage) {
    return switch (damage) {
      case OTHER_ENCODING -> csv(HEADER, fields("Jos\u00e9 \u00fc\u00df")).getBytes(ISO_8859_1);
      case NO_TEXT -> bytes();
      case HEADER_MISTYPED -> text(csv(values.mistyped(HEADER), row()));
      case COLUMN_MISSING -> text(csv("slot,name,priority,source", row()));
      case COLUMN_TWICE -> text(csv("slot,phone,phone,priority,source", row()));
      case FIELDS_TOO_MANY -> text(csv(HEADER, row() + "," + values.word(), row()));
      case OPEN_QUOTE -> text(csv(HEADER, row(), row().replaceFirst(",", ",\""), row()));
      case FIELD_MISTYPED -> text(csv(HEADER, damagedRow(), row()));
      case FIELD_HOSTILE -> text(csv(HEADER, fields(values.hostile(values.kind())), row()));
      case EMPTY -> text(values.oneOf("", "\n\n", "\ufeff", HEADER, " "));
      case JSON_BROKEN ->
          text("{\n" + json("name", "\"A\"") + "\n" + values.mistyped(json("name", "\"B\"")));
      case JSON_DEEP -> text("{\"slot\":" + "[".repeat(5_000));
      case JSON_NUMBER ->
          text(
              json(
                  "phone",
                  values.oneOf("1e999999999", "-0", "9".repeat(2_000), "1.5", "9876500001")));
      case JSON_OTHER_TYPE ->
          text(json(values.draw(COLUMNS), values.oneOf("[]", "{}", "true", "null", "[[\"x\"]]")));
      case JSON_HOSTILE -> text(jsonOf(values.hostile(values.kind())));
      case JSON_SURROGATE -> text(json("name", "\"\\ud800\\u0000\\u202e\""));
      case NO_FILE, WRONG_OPTION -> text(csv(HEADER, row()));
    };
  }

  private String jsonOf(String name) {
    return json(
            "name", opd.record.JsonText.of(new com.fasterxml.jackson.databind.node.TextNode(name)))
        + "\n"
        + json(name.isBlank() ? "x" : "name", "1").replace("1}", "1}\n");
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(1, 300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private String csv(String header, String... rows) {
    String end = values.oneOf("\n", "\r\n");
    return header + end + String.join(end, rows) + values.oneOf("", end);
  }

  private String row() {
    return fields(values.right("name"));
  }

  private String fields(String name) {
    boolean isQuoted = name.chars().anyMatch(character -> ",\"\n\r".indexOf(character) >= 0);
    return String.join(
        ",",
        values.right("slot"),
        values.right("phone"),
        isQuoted ? '"' + name.replace("\"", "\"\"") + '"' : name,
        values.right("priority"),
        values.right("source"));
  }

  private String damagedRow() {
    String[] fields = row().split(",");
    int which = random.nextInt(fields.length);
    fields[which] = values.wrong(fields[which]).replace(",", "").replace("\"", "");
    return String.join(",", fields);
  }

  /// @param value of this field, as JSON
  private String json(String field, String value) {
    StringBuilder text = new StringBuilder("{");
    for (String column : COLUMNS) {
      String shown = column.equals(field) ? value : '"' + values.right(column) + '"';
      text.append('"').append(column).append("\":").append(shown).append(',');
    }
    return text.append("\"note\":1}").toString();
  }
}
