package opd.service;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
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
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.DecisionStore;
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
        yield wanted.patient() instanceof PatientKey key
            ? find(transaction, request, wanted, reference, key)
            : new Decisions.Found<>(
                digest(registry, wanted, Finder.slot(transaction, reference).label().toString()),
                RequestStore.find(transaction, request.id()),
                () -> decide(transaction, wanted, Finder.slot(transaction, reference).label()));
      }
      case AllocationRequest.Place.WithDoctor(var doctor, var asked) -> {
        var moment = FacilityStore.now(transaction);
        LocalDate day = asked.orElse(moment.today());
        yield new Decisions.Found<>(
            digest(registry, wanted, place(doctor, asked)),
            RequestStore.find(transaction, request.id()),
            () -> decide(transaction, wanted, currentOrNext(transaction, doctor, day, moment)));
      }
    };
  }

  /// By number and member all is found in one round trip.
  private Decisions.Found<Outcome.Allocation> find(
      Transaction transaction,
      Request request,
      AllocationRequest wanted,
      SlotReference reference,
      PatientKey key) {
    var named = DecisionStore.find(transaction, request.id(), reference, key);
    SlotLabel slot = named.slot().orElseGet(() -> Finder.slot(transaction, reference).label());
    return new Decisions.Found<>(
        digest(registry, wanted, slot.toString()),
        named.stored(),
        () -> decide(transaction, wanted, named.patient(), slot));
  }

  private Decisions.Loaded<Outcome.Allocation> decide(
      Transaction transaction, AllocationRequest wanted, SlotLabel slot) {
    Optional<Patient> known = PatientRegistry.known(transaction, wanted.patient(), wanted.name());
    return decide(transaction, wanted, known, slot);
  }

  private Decisions.Loaded<Outcome.Allocation> decide(
      Transaction transaction, AllocationRequest wanted, Optional<Patient> known, SlotLabel slot) {
    List<SlotLabel> slots = new ArrayList<>(List.of(slot));
    if (wanted.orNext()) {
      SlotStore.listAfter(transaction, slot).forEach(later -> slots.add(later.label()));
    }
    var arrival = registry.arrive(transaction, wanted, known, slots);
    Patient patient = arrival.patient();
    SlotBook book = arrival.book(slot);
    Claim claim = claim(wanted, patient).holding(arrival.held());
    Slot next = next(transaction, book, claim);
    Decided<Outcome.Allocation> decided =
        wanted.replace()
            ? Allocation.replace(book, claim, next)
            : Allocation.decide(book, claim, next);
    return Decisions.Loaded.of(
        Allocation.orNext(decided, arrival.booksAfter(book), claim).afterEntries(arrival.entries()),
        patient);
  }

  static Claim claim(AllocationRequest wanted, Patient patient) {
    return Claim.ofNew(patient.id(), wanted.priority(), wanted.source())
        .because(wanted.reason().orElse(null));
  }

  /// Where the patient may go instead, or null; looked for only where the rule refuses the claim.
  static @Nullable Slot next(Transaction transaction, SlotBook book, Claim claim) {
    return Allocation.mayGoElsewhere(book, claim)
        ? DecisionStore.next(transaction, book, claim.patientId()).orElse(null)
        : null;
  }

  /// A doctor, with the date only if it was typed: repeated after midnight, the request is the
  /// same.
  static String place(DoctorCode doctor, Optional<LocalDate> asked) {
    return doctor + asked.map(day -> " " + day).orElse("");
  }

  static String digest(PatientRegistry registry, AllocationRequest wanted, String place) {
    PatientReference.Canonical patient = wanted.patient().canonical(registry::hmac);
    List<Object> arguments =
        new ArrayList<>(
            Arrays.asList(
                place,
                patient.phone(),
                patient.member(),
                wanted.priority(),
                wanted.source(),
                wanted.replace(),
                wanted.orNext()));
    // What is not given leaves the digest as it always was.
    wanted.reason().ifPresent(arguments::add);
    return Request.digest("allocate", arguments.toArray());
  }

  /// The doctor's open slot of the day that is running or comes next. One of the day before that
  /// has not ended counts as today's.
  static SlotLabel currentOrNext(
      Transaction transaction, DoctorCode doctor, LocalDate day, FacilityStore.Moment moment) {
    LocalDate first = day.equals(moment.today()) ? day.minusDays(1) : day;
    Optional<Slot> slot =
        SlotStore.listOpen(transaction, doctor, first, day).stream()
            .filter(open -> !open.hasEnded(moment.now()))
            .findFirst();
    if (slot.isEmpty()) {
      Finder.doctor(transaction, doctor);
      throw new OpdException(
          ErrorCode.SLOT_NOT_FOUND,
          doctor
              + " has no current or later open slot "
              + (day.equals(moment.today()) ? "today" : "on " + day),
          "see 'opd slot list --doctor " + doctor + " --all', or name a slot with --slot");
    }
    return slot.get().label();
  }
}
