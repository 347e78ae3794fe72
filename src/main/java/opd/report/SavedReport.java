package opd.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import opd.domain.Days;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.record.JsonText;

/// A report that somebody kept, as `opd report -o json` printed it.
///
/// @param facility its name
/// @param figures the rows, as they are printed
public record SavedReport(
    String facility, Report.Asked asked, Checkpoint checkpoint, JsonNode figures) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_YEAR = 9999;
  private static final int MOST_DIFFERENCES = 100;

  /// @throws OpdException INVALID_INPUT when the file cannot be read or holds no report
  public static SavedReport read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw noReport(file, "it is too long");
      }
      return of(MAPPER.readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "there is no file " + PlainText.quote(file.toString()),
          "name one that 'opd report -o json' has printed");
    } catch (JsonProcessingException e) {
      throw noReport(file, "it is not one JSON document");
    } catch (IOException e) {
      throw noReport(file, "it cannot be read as text");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw noReport(file, "its fields are not those of a report");
    }
  }

  private static OpdException noReport(Path file, String why) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(file.toString()) + " is no report: " + why,
        "give what 'opd report -o json' printed, unchanged");
  }

  private static SavedReport of(JsonNode node) {
    JsonNode by = node.required("by");
    JsonNode checkpoint = node.required("checkpoint");
    return new SavedReport(
        text(node, "facility"),
        new Report.Asked(
            new Days(day(node, "from"), day(node, "to")),
            by.isNull()
                ? Optional.empty()
                : Optional.of(Grouping.valueOf(by.asText().toUpperCase(Locale.ROOT))),
            flag(node, "published")),
        new Checkpoint(
            number(checkpoint, "transaction"),
            number(checkpoint, "entries"),
            text(checkpoint, "digest"),
            text(checkpoint, "facility"),
            number(checkpoint, "facilityTransaction")),
        node.required("figures"));
  }

  /// One that slots have: their labels have four digits for the year.
  private static LocalDate day(JsonNode node, String field) {
    LocalDate day = LocalDate.parse(text(node, field));
    if (day.getYear() < 1 || day.getYear() > MOST_YEAR) {
      throw new IllegalArgumentException(field);
    }
    return day;
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field);
    }
    return value.textValue();
  }

  private static boolean flag(JsonNode node, String field) {
    JsonNode value = node.required(field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(field);
    }
    return value.booleanValue();
  }

  private static long number(JsonNode node, String field) {
    JsonNode value = node.required(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(field);
    }
    return value.longValue();
  }

  /// Holds it against the same report, made again.
  ///
  /// @param isRenumbered whether transactions have other numbers by now
  public ReportCheck check(Report again, boolean isRenumbered) {
    List<ReportCheck.Difference> found = new ArrayList<>();
    Checkpoint now = again.checkpoint();
    compare(
        "checkpoint.entries",
        MAPPER.valueToTree(checkpoint.entries()),
        MAPPER.valueToTree(now.entries()),
        found);
    compare(
        "checkpoint.digest",
        MAPPER.valueToTree(checkpoint.digest()),
        MAPPER.valueToTree(now.digest()),
        found);
    compare("figures", figures, reread(ReportJson.of(again, facility).path("figures")), found);
    int shown = Math.min(found.size(), MOST_DIFFERENCES);
    return new ReportCheck(checkpoint, isRenumbered, found.subList(0, shown), found.size() - shown);
  }

  /// As it is read from a file: numbers of one value are equal then.
  private static JsonNode reread(JsonNode node) {
    try {
      return MAPPER.readTree(JsonText.of(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was written cannot be read", e);
    }
  }

  private static void compare(
      String where, JsonNode reported, JsonNode now, List<ReportCheck.Difference> found) {
    if (reported.equals(now)) {
      return;
    }
    if (reported.isArray() && now.isArray() && reported.size() == now.size()) {
      for (int index = 0; index < now.size(); index++) {
        compare(row(where, now.get(index), index), reported.get(index), now.get(index), found);
      }
    } else if (reported.isObject() && now.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      reported.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name -> compare(where + "." + name, reported.path(name), now.path(name), found));
    } else {
      found.add(new ReportCheck.Difference(where, shown(reported), shown(now)));
    }
  }

  private static String row(String where, JsonNode row, int index) {
    if (!row.has("group")) {
      return where + "." + index;
    }
    return row.path("group").properties().stream()
        .findFirst()
        .map(group -> group.getValue().asText())
        .orElse("all");
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : JsonText.of(node);
  }
}
