package opd.intake;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import opd.domain.DoctorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.service.SessionPlan;

/// Understands the fields of a roster's line: one session, or the same on many days.
record RosterReader(Inputs inputs) {
  private static final int MOST_MINUTES = 24 * 60;
  private static final int MOST_DAYS = 366;
  private static final Pattern BARE_TIME = Pattern.compile("[0-9]{1,2}:?[0-9]{2}(:[0-9]{2})?[bB]?");

  /// @throws OpdException INVALID_INPUT
  List<SessionPlan> sessions(LineFields fields) {
    checkOpen(fields);
    DoctorCode doctor = DoctorCode.parse(fields.required(Columns.DOCTOR));
    int capacity =
        Inputs.number(Columns.CAPACITY, fields.required(Columns.CAPACITY), 1, Slot.MOST_CAPACITY);
    List<LocalDate> days = days(fields);
    String start = fields.required(Columns.START);
    if (!isBare(start)) {
      if (!days.isEmpty()) {
        throw OpdException.invalid("start names a day itself: leave out date, days, from and to");
      }
      return List.of(session(doctor, capacity, inputs.time(start), fields));
    }
    List<SessionPlan> sessions = new ArrayList<>();
    for (LocalDate day : days.isEmpty() ? List.of(inputs.today()) : days) {
      fields.required(Columns.START);
      Instant begin = inputs.on(day).time(start);
      sessions.add(session(doctor, capacity, begin, fields));
    }
    return sessions;
  }

  /// A list of slots as this program prints it says which of them are closed.
  private static void checkOpen(LineFields fields) {
    fields
        .optional(Columns.STATUS)
        .map(text -> Inputs.choice(SlotStatus.class, Columns.STATUS, text))
        .filter(status -> !status.isOpen())
        .ifPresent(status -> {
          throw OpdException.invalid(
              "status is " + status + ": a slot that the list itself calls closed is not opened");
        });
  }

  /// Empty where the line names none.
  private static List<LocalDate> days(LineFields fields) {
    Optional<LocalDate> date = ListDates.optional(fields, Columns.DATE);
    Optional<LocalDate> to = ListDates.optional(fields, Columns.TO);
    Optional<LocalDate> from = ListDates.optional(fields, Columns.FROM);
    Optional<Set<DayOfWeek>> weekdays = fields.optional(Columns.DAYS).map(Weekdays::parse);
    if (date.isPresent()) {
      if (from.isPresent() || to.isPresent() || weekdays.isPresent()) {
        throw OpdException.invalid("date goes without days, from and to");
      }
      return List.of(date.get());
    }
    if (from.isEmpty() && to.isEmpty() && weekdays.isEmpty()) {
      return List.of();
    }
    if (from.isEmpty() || (to.isEmpty() && weekdays.isPresent())) {
      throw OpdException.invalid("days goes with from and to");
    }
    return days(from.get(), to.orElse(from.get()), weekdays);
  }

  private static List<LocalDate> days(
      LocalDate from, LocalDate to, Optional<Set<DayOfWeek>> weekdays) {
    if (to.isBefore(from) || to.isAfter(from.plusDays(MOST_DAYS))) {
      throw OpdException.invalid(
          "from %s to %s is no time of 1 to %d days".formatted(from, to, MOST_DAYS));
    }
    List<LocalDate> days =
        from.datesUntil(to.plusDays(1))
            .filter(day -> weekdays.map(set -> set.contains(day.getDayOfWeek())).orElse(true))
            .toList();
    if (days.isEmpty()) {
      throw OpdException.invalid("none of these days is between %s and %s".formatted(from, to));
    }
    return days;
  }

  private SessionPlan session(DoctorCode doctor, int capacity, Instant start, LineFields fields) {
    Duration length = length(fields, start);
    Optional<SessionPlan.Repeat> repeat = repeat(fields, start);
    fields.optional(Columns.END);
    return new SessionPlan(doctor, start, length, capacity, repeat);
  }

  private Duration length(LineFields fields, Instant start) {
    Optional<Duration> ofMinutes =
        fields
            .optional(Columns.MINUTES)
            .map(text -> Duration.ofMinutes(Inputs.number(Columns.MINUTES, text, 1, MOST_MINUTES)));
    Optional<Duration> untilEnd =
        fields.optional(Columns.END).map(text -> Duration.between(start, inputs.end(start, text)));
    if (ofMinutes.isPresent() && untilEnd.isPresent() && !ofMinutes.equals(untilEnd)) {
      throw OpdException.invalid("end and minutes say different things");
    }
    return untilEnd
        .or(() -> ofMinutes)
        .orElseThrow(() -> OpdException.invalid("a line needs an end or minutes"));
  }

  private Optional<SessionPlan.Repeat> repeat(LineFields fields, Instant start) {
    Optional<Instant> until = fields.optional(Columns.UNTIL).map(text -> inputs.end(start, text));
    Optional<Duration> every =
        fields
            .optional(Columns.EVERY)
            .map(text -> Duration.ofMinutes(Inputs.number(Columns.EVERY, text, 1, MOST_MINUTES)));
    if (every.isPresent() != until.isPresent()) {
      throw OpdException.invalid("every and until go together");
    }
    return every.map(minutes -> new SessionPlan.Repeat(minutes, until.orElseThrow()));
  }

  private static boolean isBare(String text) {
    return BARE_TIME.matcher(text).matches();
  }
}
