package opd.intake;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PatientReference;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.service.AllocationRequest;
import opd.service.SessionPlan;
import org.jspecify.annotations.Nullable;

/// What is read of a list, in words, without a look at any facility.
///
/// @param lines one for each line of the list: its number, and what it asks for or why it does not
/// @param error why the list as a whole is none, or null
record ReadList(List<String> lines, List<String> warnings, @Nullable OpdException error) {
  /// A Saturday.
  private static final Inputs INPUTS =
      new Inputs(
          Instant.parse("2030-01-05T06:00:00Z"),
          LocalDate.of(2030, 1, 5),
          ZoneOffset.UTC,
          ZoneOffset.UTC);

  static final LineReader READER = new LineReader(INPUTS, new PhoneNumbers("IN"), Optional.empty());

  private static final ColumnNames ALLOCATIONS = new ColumnNames(ListKind.ALLOCATIONS);
  private static final ColumnNames ROSTER = new ColumnNames(ListKind.ROSTER);

  static ReadList allocations(byte[] content) {
    return read(content, ALLOCATIONS);
  }

  static ReadList roster(byte[] content) {
    return read(content, ROSTER);
  }

  private static ReadList read(byte[] content, ColumnNames names) {
    List<String> lines = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try (Source source = Source.of("list", new ByteArrayInputStream(content), Optional.empty())) {
      Iterator<RawLine> raw = source.lines(names, warnings::add);
      while (raw.hasNext()) {
        lines.add(names == ROSTER ? sessions(raw.next()) : request(raw.next()));
      }
      return new ReadList(lines, warnings, null);
    } catch (OpdException e) {
      return new ReadList(lines, warnings, e);
    }
  }

  private static String request(RawLine raw) {
    return switch (READER.read(raw)) {
      case IntakeLine.Malformed(long line, var field, var error) -> invalid(line, field, error);
      case IntakeLine.Parsed(long line, var id, var request, var _) ->
          "%d %s %s %s %s %s %s%s"
              .formatted(
                  line,
                  switch (request.place()) {
                    case AllocationRequest.Place.InSlot(var slot) -> slot;
                    case AllocationRequest.Place.WithDoctor(var doctor, var day) ->
                        doctor + day.map(date -> " on " + date).orElse(" today");
                  },
                  phone(request.patient()),
                  member(request.patient()),
                  request.name().map(Object::toString).orElse("-"),
                  request.priority(),
                  request.source(),
                  id == null ? "" : " " + id);
    };
  }

  private static String phone(PatientReference patient) {
    return patient.canonical(PhoneNumber::e164).phone();
  }

  private static String member(PatientReference patient) {
    return String.valueOf(patient.canonical(PhoneNumber::e164).member());
  }

  private static String sessions(RawLine raw) {
    return switch (raw) {
      case RawLine.Broken(long line, var field, var reason) ->
          invalid(line, field, OpdException.invalid(reason));
      case RawLine.Fields(long line, var values) -> {
        LineFields fields = new LineFields(values);
        try {
          List<SessionPlan> sessions = new RosterReader(INPUTS).sessions(fields);
          SessionPlan first = sessions.getFirst();
          yield "%d %s %d: %s +%d of %d%s, last %s"
              .formatted(
                  line,
                  first.doctor(),
                  sessions.size(),
                  first.start(),
                  first.length().toMinutes(),
                  first.capacity(),
                  first.repeat().map(repeat -> " until " + repeat.until()).orElse(""),
                  sessions.getLast().start());
        } catch (OpdException e) {
          yield invalid(line, fields.last(), e);
        }
      }
    };
  }

  private static String invalid(long line, @Nullable String field, OpdException error) {
    return "%d INVALID %s: %s%s"
        .formatted(
            line,
            field == null ? "-" : field,
            error.getMessage(),
            error.hint() == null ? "" : " (" + error.hint() + ")");
  }

  @Override
  public String toString() {
    List<String> text = new ArrayList<>(lines);
    warnings.forEach(warning -> text.add("warning: " + warning));
    if (error != null) {
      text.add("error: " + error.getMessage());
      text.add("hint: " + error.hint());
    }
    return text.isEmpty() ? "nothing\n" : String.join("\n", text) + "\n";
  }
}
