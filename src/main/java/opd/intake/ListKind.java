package opd.intake;

import java.util.List;
import java.util.stream.Stream;

/// What a list is about, and which columns it has for that.
///
/// @param needed one of each of these must be there
/// @param known the columns that mean something
/// @param passedOver columns of this program's own lists that say nothing here, see
///   [ColumnNames#plain]
/// @param described the columns in words, for a hint
record ListKind(
    List<List<String>> needed, List<String> known, List<String> passedOver, String described) {
  /// Requests for tokens.
  static final ListKind ALLOCATIONS =
      new ListKind(
          List.of(
              List.of(Columns.PHONE),
              List.of(Columns.PRIORITY),
              List.of(Columns.SOURCE),
              List.of(Columns.SLOT, Columns.DOCTOR)),
          List.of(
              Columns.SLOT,
              Columns.DOCTOR,
              Columns.PHONE,
              Columns.NAME,
              Columns.PRIORITY,
              Columns.SOURCE,
              Columns.MEMBER,
              Columns.DATE,
              Columns.TIME,
              Columns.START,
              Columns.REASON,
              Columns.REQUEST_ID,
              Columns.STATUS),
          plain(
              "id label patient.id patient.reference sequence position expectedAt reallocatedFrom"
                  + " reallocatedTo createdAt arrivedAt calledAt calls room parkedAt"),
          "columns: slot or doctor, phone, name, priority, source, and optionally member, date, time,"
              + " reason, request_id");

  /// Slots to be opened.
  static final ListKind ROSTER =
      new ListKind(
          List.of(
              List.of(Columns.DOCTOR),
              List.of(Columns.START),
              List.of(Columns.END, Columns.MINUTES),
              List.of(Columns.CAPACITY)),
          List.of(
              Columns.DOCTOR,
              Columns.START,
              Columns.END,
              Columns.MINUTES,
              Columns.CAPACITY,
              Columns.EVERY,
              Columns.UNTIL,
              Columns.DAYS,
              Columns.FROM,
              Columns.TO,
              Columns.DATE,
              Columns.STATUS),
          plain(
              "id label day delayMinutes counts.ACTIVE counts.DISPLACED counts.CANCELLED counts.NO_SHOW"
                  + " counts.COMPLETED free"),
          "columns: doctor, start, end or minutes, capacity, and optionally every, until, days, from,"
              + " to");

  private static List<String> plain(String names) {
    return Stream.of(names.split(" ", -1)).map(ColumnNames::plain).toList();
  }
}
