package opd.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Similar;

/// What a command lists, as rows of columns, which have the names of the fields in JSON; a dot
/// leads into an object.
///
/// @param columns all that there are, in the order in which they are printed
public record Listing(List<String> columns) {
  private static final String TOKEN =
      "id label slot doctor patient.id patient.name patient.phone patient.member"
          + " patient.reference priority source sequence status position expectedAt reallocatedFrom"
          + " reallocatedTo createdAt arrivedAt calledAt calls room parkedAt";

  public static final Listing TOKENS = of(TOKEN);
  public static final Listing SLOTS =
      of(
          "id label doctor start end capacity status delayMinutes counts.ACTIVE counts.DISPLACED"
              + " counts.CANCELLED counts.NO_SHOW counts.COMPLETED free");
  public static final Listing DOCTORS = of("code name specialization active");
  public static final Listing PATIENTS = of("id name phone member reference today");
  public static final Listing ENTRIES =
      of(
          "id at kind actor requestId slot token patient rule facts chain number previous hash login"
              + " requestDigest");

  /// Who is owed a place.
  public static final Listing OWED =
      of("since why", within("token", TOKEN), "place.label place.start place.end place.free");

  public static final Listing SETTINGS = of("name value origin");
  public static final Listing CODES = of("code summary");

  /// What became of the lines of a list.
  public static final Listing RESULTS =
      of(
          "line outcome code field reason hint",
          within("token", TOKEN),
          within("displaced", TOKEN),
          "existing.label slot.label next.label next.free priority rule facts.capacity facts.active"
              + " warnings holds othersWaiting requestId replayed");

  /// What became of the lines of a roster.
  public static final Listing ROSTER =
      of("line outcome slots opened code field reason hint requestId dryRun");

  private static Listing of(String... names) {
    return new Listing(words(String.join(" ", names)).toList());
  }

  private static String within(String object, String names) {
    return String.join(" ", words(names).map(name -> object + "." + name).toList());
  }

  private static Stream<String> words(String names) {
    return Stream.of(names.split(" ", -1));
  }

  /// The columns that were asked for.
  ///
  /// @param names separated by commas, in any case
  /// @throws OpdException USAGE when there is no such column, or one is named twice
  public List<String> chosen(String names) {
    List<String> chosen = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      String column =
          columns.stream()
              .filter(each -> each.equalsIgnoreCase(name.strip()))
              .findFirst()
              .orElseThrow(() -> unknown(name.strip()));
      if (chosen.contains(column)) {
        throw new OpdException(ErrorCode.USAGE, "--columns names " + column + " twice");
      }
      chosen.add(column);
    }
    return chosen;
  }

  private OpdException unknown(String name) {
    String all = "there are " + String.join(", ", columns);
    return new OpdException(
        ErrorCode.USAGE,
        "there is no column " + PlainText.quote(name),
        Similar.to(name, columns)
            .map(similar -> "did you mean " + similar + "? " + all)
            .orElse(all));
  }
}
