package opd.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// Files that are no lists, told by how they begin: people send them under a list's name.
final class FileKind {
  /// How many bytes tell.
  static final int MOST_BYTES = 4096;

  private static final String SPREADSHEET = "open it in the spreadsheet and save it as CSV (UTF-8)";
  private static final String ARCHIVE = "unpack it, and give the list that is in it";

  private record Kind(String bytes, String name, String hint) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
              "a spreadsheet or document of older office programs (.xls)",
              SPREADSHEET),
          new Kind("%PDF", "a PDF document", "ask for the list as CSV"),
          new Kind("{\\rtf", "a document of a word processor (.rtf)", "save the list as CSV"),
          new Kind("\u001f\u008b", "a compressed file (.gz)", ARCHIVE),
          new Kind("BZh", "a compressed file (.bz2)", ARCHIVE),
          new Kind("\u00fd7zXZ", "a compressed file (.xz)", ARCHIVE),
          new Kind("7z\u00bc\u00af", "an archive (.7z)", ARCHIVE),
          new Kind("Rar!", "an archive (.rar)", ARCHIVE),
          new Kind("\u0089PNG", "a picture (.png)", "a list is text: ask for it as CSV"),
          new Kind("\u00ff\u00d8\u00ff", "a picture (.jpg)", "a list is text: ask for it as CSV"),
          new Kind("SQLite format", "a database (SQLite)", "export the list as CSV"));

  private FileKind() {}

  /// Why it is no list, or empty when it may be one.
  ///
  /// @param first what the file begins with
  static Optional<OpdException> notAList(byte[] first) {
    String bytes = new String(first, StandardCharsets.ISO_8859_1);
    if (bytes.startsWith("PK\u0003\u0004") || bytes.startsWith("PK\u0005\u0006")) {
      return Optional.of(packed(bytes));
    }
    Optional<Kind> known =
        KINDS.stream().filter(kind -> bytes.startsWith(kind.bytes())).findFirst();
    if (known.isPresent()) {
      return Optional.of(is(known.get().name(), known.get().hint()));
    }
    if (bytes.indexOf('\0') >= 0) {
      return Optional.of(
          is("no text", "save it as CSV in UTF-8, or in UTF-16 with a byte-order mark"));
    }
    return marked(bytes.stripLeading());
  }

  /// Spreadsheets of today are archives.
  private static OpdException packed(String bytes) {
    if (bytes.contains("opendocument")) {
      return is("a spreadsheet or document in OpenDocument format (.ods)", SPREADSHEET);
    }
    return bytes.contains("[Content_Types].xml")
            || bytes.contains("_rels/")
            || bytes.contains("xl/")
        ? is("a spreadsheet or document of an office program (.xlsx)", SPREADSHEET)
        : is("an archive (.zip)", ARCHIVE);
  }

  private static Optional<OpdException> marked(String text) {
    String start = text.substring(0, Math.min(text.length(), 200)).toLowerCase(Locale.ROOT);
    if (start.startsWith("<?xml")) {
      return Optional.of(is("an XML document", "save the list as CSV"));
    }
    boolean isHtml =
        List.of("<!doctype", "<html", "<head", "<body", "<table", "<meta").stream()
            .anyMatch(start::startsWith);
    return isHtml
        ? Optional.of(is("a page of the web (HTML), whatever its name says", SPREADSHEET))
        : Optional.empty();
  }

  /// A JSON document that holds all lines at once.
  static OpdException array() {
    return is("a JSON array", "write one object a line, without brackets and commas around them");
  }

  private static OpdException is(String kind, String hint) {
    return new OpdException(ErrorCode.INVALID_INPUT, "this is " + kind + ", and no list", hint);
  }
}
