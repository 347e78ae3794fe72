package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.DoctorDecision;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.DoctorStore;
import opd.store.table.QueueStore;
import opd.store.table.ReasonStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;

/// A doctor who is late or away: all of the slots concerned, in one transaction. The doctors are
/// locked first, so that nobody opens a slot meanwhile, and then the slots by id, as everybody
/// does.
public final class AbsenceService {
  static final int MOST_DAYS = 31;
  static final int MOST_SLOTS = 200;
  // What is stored of a request has a bound.
  static final int MOST_PATIENTS = 2_000;

  private final Decisions decisions;
  private final ZoneId zone;

  /// @param zone the facility's, whose days are meant
  AbsenceService(Decisions decisions, ZoneId zone) {
    this.decisions = decisions;
    this.zone = zone;
  }

  /// Says how late the doctor is for the rest of that day; the queues' order does not change.
  ///
  /// @param minutes in place of what was said before; 0 puts the slots back on schedule
  /// @param from slots that have ended before are left as they are; empty for now
  /// @throws OpdException DOCTOR_NOT_FOUND; SLOT_NOT_FOUND when no slot is concerned; INVALID_INPUT
  ///   when the minutes are out of range
  public Response<Outcome.DoctorLate> late(
      Request request, DoctorCode doctor, int minutes, Optional<Instant> from) {
    if (minutes < 0 || minutes > Slot.MOST_DELAY_MINUTES) {
      throw OpdException.invalid("the delay is from 0 to " + Slot.MOST_DELAY_MINUTES + " minutes");
    }
    return decisions.once(
        request,
        Outcome.DoctorLate.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest("doctor late", doctor, minutes, from),
                RequestStore.find(transaction, request.id()),
                () -> {
                  Finder.lockedDoctor(transaction, doctor);
                  Instant begin = from.orElseGet(() -> FacilityStore.now(transaction).now());
                  return Decisions.Loaded.of(
                      DoctorDecision.late(ofDay(transaction, doctor, begin), minutes));
                }));
  }

  /// The slots of that day that go on after this time: one of the day before that still does
  /// counts.
  private List<SlotBook> ofDay(Transaction transaction, DoctorCode doctor, Instant from) {
    Instant end = endOfDay(from);
    LocalDate day = day(from);
    List<SlotLabel> slots =
        SlotStore.listOpen(transaction, doctor, day.minusDays(1), day).stream()
            .filter(slot -> DoctorDecision.isConcerned(slot, from, end))
            .map(Slot::label)
            .toList();
    return present(
        QueueStore.lock(transaction, slots).stream()
            .filter(book -> DoctorDecision.isConcerned(book.slot(), from, end))
            .toList(),
        doctor);
  }

  /// What is asked when a doctor goes away.
  ///
  /// @param from the beginning, or empty for now
  /// @param until its end, or empty for the end of that day
  /// @param reason stored in the log, so no name belongs in it
  /// @param cover the doctor who stands in, if any
  public record Leave(
      DoctorCode doctor,
      Optional<Instant> from,
      Optional<Instant> until,
      String reason,
      Optional<DoctorCode> cover) {
    /// @throws OpdException INVALID_INPUT when the reason is not plain text, or a doctor stands in
    ///   for himself
    public Leave {
      reason = TokenService.reason(reason);
      if (cover.filter(doctor::equals).isPresent()) {
        throw OpdException.invalid("a doctor who is away cannot stand in for himself");
      }
    }
  }

  /// Cancels the slots of that time, and gives their patients other places: see
  /// [DoctorDecision#away].
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND; SLOT_NOT_FOUND when no slot is concerned; INVALID_INPUT
  ///   when the time ends before it begins, or too much would be done at once
  public Response<Outcome.DoctorAway> leave(Request request, Leave leave) {
    return decisions.once(
        request, Outcome.DoctorAway.class, transaction -> find(transaction, request, leave));
  }

  /// What [#leave] would answer now; changes and audits nothing.
  public Response<Outcome.DoctorAway> dryRunLeave(Request request, Leave leave) {
    return decisions.dryRun(request, transaction -> find(transaction, request, leave));
  }

  private Decisions.Found<Outcome.DoctorAway> find(
      Transaction transaction, Request request, Leave leave) {
    return new Decisions.Found<>(
        Request.digest(
            "doctor leave",
            leave.doctor(),
            leave.from(),
            leave.until(),
            leave.reason(),
            leave.cover()),
        RequestStore.find(transaction, request.id()),
        () -> decide(transaction, leave));
  }

  private Decisions.Loaded<Outcome.DoctorAway> decide(Transaction transaction, Leave leave) {
    Instant from = leave.from().orElseGet(() -> FacilityStore.now(transaction).now());
    Instant until = leave.until().orElseGet(() -> endOfDay(from));
    checkTime(from, until);
    lockDoctors(transaction, leave);
    List<Slot> own = listOpen(transaction, leave.doctor(), from, until);
    List<SlotLabel> slots = new ArrayList<>(own.stream().map(Slot::label).toList());
    List<Slot> foreseen =
        own.stream().filter(slot -> isConcerned(leave, slot, from, until)).toList();
    checkCount(foreseen.size());
    leave
        .cover()
        .ifPresent(cover -> slots.addAll(placesOf(transaction, cover, foreseen, from, until)));

    List<SlotBook> concerned = new ArrayList<>();
    List<SlotBook> places = new ArrayList<>();
    for (SlotBook book : QueueStore.lock(transaction, slots)) {
      (isConcerned(leave, book.slot(), from, until) ? concerned : places).add(book);
    }
    present(concerned, leave.doctor());
    List<Token> tokens = concerned.stream().flatMap(book -> book.active().stream()).toList();
    checkPatients(tokens.size());
    Map<Long, String> reasons =
        ReasonStore.find(transaction, tokens.stream().map(Token::id).toList());
    return Decisions.Loaded.of(
        DoctorDecision.away(
            concerned, leave.reason(), leave.cover().orElse(null), places, reasons));
  }

  /// The slots of the doctor who stands in, on the days of the slots that are left: nobody who
  /// works in others of them has to wait. One that only a delay of this moment adds is not
  /// foreseen.
  private List<SlotLabel> placesOf(
      Transaction transaction, DoctorCode cover, List<Slot> foreseen, Instant from, Instant until) {
    Set<LocalDate> days =
        foreseen.stream().map(slot -> slot.label().day()).collect(Collectors.toSet());
    return listOpen(transaction, cover, from, until).stream()
        .map(Slot::label)
        .filter(label -> days.contains(label.day()))
        .toList();
  }

  private static boolean isConcerned(Leave leave, Slot slot, Instant from, Instant until) {
    return slot.label().doctor().equals(leave.doctor())
        && DoctorDecision.isConcerned(slot, from, until);
  }

  private static void lockDoctors(Transaction transaction, Leave leave) {
    List<DoctorCode> wanted = new ArrayList<>(List.of(leave.doctor()));
    leave.cover().ifPresent(wanted::add);
    if (DoctorStore.lockAll(transaction, wanted).size() < wanted.size()) {
      // Says which of them does not exist.
      wanted.forEach(code -> Finder.doctor(transaction, code));
    }
  }

  /// All open slots that may be concerned, or have a place on a day of one that is.
  private List<Slot> listOpen(
      Transaction transaction, DoctorCode doctor, Instant from, Instant until) {
    return SlotStore.listOpen(
        transaction, doctor, day(from.minus(Slot.LONGEST_WITH_DELAY)), day(until.minusNanos(1)));
  }

  private static void checkTime(Instant from, Instant until) {
    if (!until.isAfter(from)) {
      throw OpdException.invalid("the absence must end after it begins");
    }
    if (Duration.between(from, until).compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw OpdException.invalid(
          "an absence is entered for at most " + MOST_DAYS + " days at once");
    }
  }

  private static void checkCount(long concerned) {
    if (concerned > MOST_SLOTS) {
      throw OpdException.invalid(
          "that would cancel more than " + MOST_SLOTS + " slots at once; give an earlier --until");
    }
  }

  private static void checkPatients(int patients) {
    if (patients > MOST_PATIENTS) {
      throw OpdException.invalid(
          "that would concern more than %d patients at once; give an earlier --until"
              .formatted(MOST_PATIENTS));
    }
  }

  private static List<SlotBook> present(List<SlotBook> concerned, DoctorCode doctor) {
    if (concerned.isEmpty()) {
      throw new OpdException(
          ErrorCode.SLOT_NOT_FOUND,
          doctor + " has no open slot in that time",
          "see 'opd slot list --doctor " + doctor + " --all'");
    }
    return concerned;
  }

  private LocalDate day(Instant time) {
    return time.atZone(zone).toLocalDate();
  }

  private Instant endOfDay(Instant time) {
    return day(time).plusDays(1).atStartOfDay(zone).toInstant();
  }
}
