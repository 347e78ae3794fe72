package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import opd.decision.AllocationRule;
import opd.decision.Answer;
import opd.decision.AuditEvent;
import opd.decision.Decision;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.TokenChange;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.PatientStore;
import opd.store.table.SlotStore;
import opd.store.table.WishStore;

/// Decides who gets a place.
public final class AllocationService {
  private final Decisions decisions;
  private final PatientRegistry registry;

  public AllocationService(Decisions decisions, PatientRegistry registry) {
    this.decisions = decisions;
    this.registry = registry;
  }

  /// @throws OpdException SLOT_NOT_FOUND, DOCTOR_NOT_FOUND, PATIENT_NOT_FOUND, NAME_DIFFERS
  public Answer<Outcome.Allocation> allocate(Request request, AllocationRequest wish) {
    return decisions.once(
        request, Outcome.Allocation.class, transaction -> plan(transaction, request, wish));
  }

  /// What [#allocate] would answer now; changes and audits nothing.
  public Answer<Outcome.Allocation> rehearse(Request request, AllocationRequest wish) {
    return decisions.rehearse(request, transaction -> plan(transaction, request, wish));
  }

  private Decisions.Plan<Outcome.Allocation> plan(
      Transaction transaction, Request request, AllocationRequest wish) {
    return switch (wish.place()) {
      case AllocationRequest.Place.InSlot(var reference) -> {
        var named = WishStore.find(transaction, request.id(), reference, wish.patient());
        SlotLabel slot =
            named.slot().orElseGet(() -> References.slot(transaction, reference).label());
        yield new Decisions.Plan<>(
            digest(registry, wish, slot.toString()),
            (_, _) -> named.stored(),
            (joined, journal) -> decide(joined, journal, wish, named.patient(), slot));
      }
      case AllocationRequest.Place.WithDoctor(var doctor) -> {
        Instant now = FacilityStore.now(transaction);
        String day = doctor + " " + now.atOffset(ZoneOffset.UTC).toLocalDate();
        yield new Decisions.Plan<>(
            digest(registry, wish, day),
            (joined, journal) ->
                decide(
                    joined,
                    journal,
                    wish,
                    PatientStore.find(joined, wish.patient()),
                    currentOrNext(joined, doctor, now)));
      }
    };
  }

  static String digest(PatientRegistry registry, AllocationRequest wish, String place) {
    return Request.digest(
        "allocate",
        place,
        registry.hmac(wish.patient().phone()),
        wish.patient().member(),
        wish.priority(),
        wish.source(),
        wish.replace(),
        wish.orNext());
  }

  static SlotLabel currentOrNext(Transaction transaction, DoctorCode doctor, Instant now) {
    Instant day =
        now.atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
    Optional<Slot> slot =
        SlotStore.listOpen(transaction, doctor, day, day.plus(Duration.ofDays(1))).stream()
            .filter(open -> open.actualEnd().isAfter(now))
            .findFirst();
    if (slot.isEmpty()) {
      References.doctor(transaction, doctor);
      throw new OpdException(
          ErrorCode.SLOT_NOT_FOUND,
          doctor + " has no current or later open slot today",
          "see 'opd slot list --doctor " + doctor + " --all', or name a slot with --slot");
    }
    return slot.get().label();
  }

  private Outcome.Allocation decide(
      Transaction transaction,
      Journal journal,
      AllocationRequest wish,
      Optional<Patient> known,
      SlotLabel slot) {
    // Patients before slots, for everybody, so that two transactions cannot wait for each other.
    Supplier<Patient> patient =
        registry.findOrRegister(transaction, journal, wish.patient(), wish.name(), known);
    Ledger ledger = new DirectLedger(transaction, journal);
    if (!wish.orNext()) {
      Queue queue = Queues.lock(transaction, slot);
      return decide(ledger, queue, placement(patient.get(), journal, wish), wish.replace());
    }
    List<SlotLabel> labels = new ArrayList<>(List.of(slot));
    LaterSlots.open(transaction, slot).forEach(later -> labels.add(later.label()));
    List<Queue> queues = Queues.lockAll(transaction, labels);
    Placement placement = placement(patient.get(), journal, wish);
    Outcome.Allocation first = decide(ledger, queues.getFirst(), placement, wish.replace());
    return isWorthTryingLater(first) ? placeLater(ledger, queues, placement).orElse(first) : first;
  }

  private static Placement placement(Patient patient, Journal journal, AllocationRequest wish) {
    journal.met(patient);
    return Placement.ofNew(patient.id(), wish);
  }

  private static boolean isWorthTryingLater(Outcome.Allocation outcome) {
    return switch (outcome) {
      case Outcome.Admitted _ -> false;
      case Outcome.Rejected rejected ->
          rejected.refusal() == Refusal.SLOT_FULL || rejected.refusal() == Refusal.SLOT_CLOSED;
    };
  }

  private static Optional<Outcome.Allocation> placeLater(
      Ledger ledger, List<Queue> queues, Placement placement) {
    return queues.stream()
        .skip(1)
        .filter(queue -> admitsFreely(queue, placement))
        .findFirst()
        .map(queue -> placement.admit(ledger, queue));
  }

  /// Whether the rule gives the claim a place without displacing anybody.
  static boolean admitsFreely(Queue queue, Placement placement) {
    return switch (AllocationRule.decide(queue.state(), placement.claim())) {
      case Decision.Admit() -> true;
      case Decision.Displace _, Decision.Reject _ -> false;
    };
  }

  private static Outcome.Allocation decide(
      Ledger ledger, Queue queue, Placement placement, boolean replace) {
    Optional<Token> replaced = replace ? queue.heldBy(placement.patientId()) : Optional.empty();
    Queue rest = replaced.map(token -> withdraw(ledger, queue, token)).orElse(queue);
    return decide(ledger, rest, placement);
  }

  /// Cancels the token that is given up for a new one. The claim cannot then be refused, as its own
  /// place is free now: a slot with an ACTIVE token is open.
  private static Queue withdraw(Ledger ledger, Queue queue, Token token) {
    Token cancelled = ledger.reclassify(token, TokenChange.CANCEL);
    ledger.note(
        NewEntry.ofToken(
            queue.slot().id(),
            cancelled,
            new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, true)));
    return queue.after(List.of(cancelled));
  }

  /// Asks the rule and carries out what it says. The queue must be locked.
  static Outcome.Allocation decide(Ledger ledger, Queue queue, Placement placement) {
    return switch (AllocationRule.decide(queue.state(), placement.claim())) {
      case Decision.Admit() -> placement.admit(ledger, queue);
      case Decision.Displace(var victim, var rule) ->
          placement.displace(ledger, queue, victim, rule);
      case Decision.Reject reject -> Refusals.refuse(ledger, queue, placement, reject);
    };
  }
}
