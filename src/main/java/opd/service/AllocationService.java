package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.decision.Allocation;
import opd.decision.Claim;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.DecisionStore;
import opd.store.table.PatientStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;
import org.jspecify.annotations.Nullable;

/// Gives places.
public final class AllocationService {
  private final Decisions decisions;
  private final PatientRegistry registry;

  public AllocationService(Decisions decisions, PatientRegistry registry) {
    this.decisions = decisions;
    this.registry = registry;
  }

  /// @throws OpdException SLOT_NOT_FOUND, DOCTOR_NOT_FOUND, PATIENT_NOT_FOUND, NAME_DIFFERS
  public Response<Outcome.Allocation> allocate(Request request, AllocationRequest wanted) {
    return decisions.once(
        request, Outcome.Allocation.class, transaction -> find(transaction, request, wanted));
  }

  /// What [#allocate] would answer now; changes and audits nothing.
  public Response<Outcome.Allocation> dryRun(Request request, AllocationRequest wanted) {
    return decisions.dryRun(request, transaction -> find(transaction, request, wanted));
  }

  private Decisions.Found<Outcome.Allocation> find(
      Transaction transaction, Request request, AllocationRequest wanted) {
    return switch (wanted.place()) {
      case AllocationRequest.Place.InSlot(var reference) -> {
        var named = DecisionStore.find(transaction, request.id(), reference, wanted.patient());
        SlotLabel slot = named.slot().orElseGet(() -> Finder.slot(transaction, reference).label());
        yield new Decisions.Found<>(
            digest(registry, wanted, slot.toString()),
            named.stored(),
            () -> decide(transaction, wanted, named.patient(), slot));
      }
      case AllocationRequest.Place.WithDoctor(var doctor, var wantedDay) -> {
        Instant now = FacilityStore.now(transaction);
        LocalDate day = wantedDay.orElse(now.atOffset(ZoneOffset.UTC).toLocalDate());
        yield new Decisions.Found<>(
            digest(registry, wanted, doctor + " " + day),
            RequestStore.find(transaction, request.id()),
            () ->
                decide(
                    transaction,
                    wanted,
                    PatientStore.find(transaction, wanted.patient()),
                    currentOrNext(transaction, doctor, day, now)));
      }
    };
  }

  private Decisions.Loaded<Outcome.Allocation> decide(
      Transaction transaction, AllocationRequest wanted, Optional<Patient> known, SlotLabel slot) {
    List<SlotLabel> slots = new ArrayList<>(List.of(slot));
    if (wanted.orNext()) {
      SlotStore.listOpenAfter(transaction, slot).forEach(later -> slots.add(later.label()));
    }
    var arrival = registry.arrive(transaction, wanted, known, slots);
    Patient patient = arrival.patient();
    SlotBook book = arrival.book(slot);
    Claim claim = Claim.ofNew(patient.id(), wanted.priority(), wanted.source());
    Slot next = next(transaction, book, claim);
    Decided<Outcome.Allocation> decided =
        wanted.replace()
            ? Allocation.replace(book, claim, next)
            : Allocation.decide(book, claim, next);
    return Decisions.Loaded.of(
        Allocation.orNext(decided, arrival.booksAfter(slot), claim).afterEntries(arrival.entries()),
        patient);
  }

  /// Where the patient may go instead, or null; looked for only where the rule refuses the claim.
  static @Nullable Slot next(Transaction transaction, SlotBook book, Claim claim) {
    return Allocation.mayGoElsewhere(book, claim)
        ? DecisionStore.next(transaction, book.slot().label(), claim.patientId()).orElse(null)
        : null;
  }

  static String digest(PatientRegistry registry, AllocationRequest wanted, String place) {
    return Request.digest(
        "allocate",
        place,
        registry.hmac(wanted.patient().phone()),
        wanted.patient().member(),
        wanted.priority(),
        wanted.source(),
        wanted.replace(),
        wanted.orNext());
  }

  static SlotLabel currentOrNext(
      Transaction transaction, DoctorCode doctor, LocalDate day, Instant now) {
    Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    Optional<Slot> slot =
        SlotStore.listOpen(transaction, doctor, start, start.plus(Duration.ofDays(1))).stream()
            .filter(open -> open.actualEnd().isAfter(now))
            .findFirst();
    if (slot.isEmpty()) {
      Finder.doctor(transaction, doctor);
      boolean isToday = day.equals(now.atOffset(ZoneOffset.UTC).toLocalDate());
      throw new OpdException(
          ErrorCode.SLOT_NOT_FOUND,
          doctor + " has no current or later open slot " + (isToday ? "today" : "on " + day),
          "see 'opd slot list --doctor " + doctor + " --all', or name a slot with --slot");
    }
    return slot.get().label();
  }
}
