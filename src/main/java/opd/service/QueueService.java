package opd.service;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import opd.decision.Response.People;
import opd.decision.SlotBook;
import opd.decision.TokenView;
import opd.domain.Days;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.PatientStore;
import opd.store.table.QueueStore;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;

/// Shows who is to be seen in which order.
public final class QueueService {
  private final Transactions transactions;

  public QueueService(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A slot with the tokens asked for, at one moment.
  public record SlotQueue(Slot slot, List<TokenView> tokens, People people) {
    /// The same with patients known by their tokens alone, for a waiting room.
    public SlotQueue withoutPeople() {
      return new SlotQueue(slot, tokens, People.NONE);
    }
  }

  /// What a patient takes home: a token with all that is known of its slot.
  public record Slip(Slot slot, TokenView token, Patient patient, Doctor doctor) {}

  /// @throws OpdException TOKEN_NOT_FOUND
  public Slip slip(TokenReference reference) {
    return transactions.read(transaction -> {
      Token token = Finder.token(transaction, reference);
      Slot slot = SlotStore.find(transaction, token.label().slot()).orElseThrow();
      SlotBook queue = QueueStore.load(transaction, List.of(slot.id())).getFirst();
      Patient patient =
          Objects.requireNonNull(
              PatientStore.findAll(transaction, List.of(token.patientId())).get(token.patientId()));
      Doctor doctor = Finder.doctor(transaction, slot.label().doctor());
      return new Slip(slot, queue.view(token), patient, doctor);
    });
  }

  /// @param all every token by sequence number, not only the ACTIVE ones in the queue's order
  /// @throws OpdException SLOT_NOT_FOUND
  public SlotQueue show(SlotReference reference, boolean all) {
    return transactions.read(transaction -> {
      Slot slot = Finder.slot(transaction, reference);
      return show(transaction, QueueStore.load(transaction, List.of(slot.id())).getFirst(), all);
    });
  }

  /// The queues of today's slots, and of yesterday's that have not ended, by start and doctor.
  ///
  /// @param today the date in the facility's zone
  /// @throws OpdException DOCTOR_NOT_FOUND
  public List<SlotQueue> listToday(
      Optional<DoctorCode> doctor, LocalDate today, Instant now, boolean all) {
    return list(
        doctor,
        new Days(today.minusDays(1), today),
        slot -> slot.label().day().equals(today) || (slot.status().isOpen() && !slot.hasEnded(now)),
        all);
  }

  /// The queues of all slots of a day, by start and doctor.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND
  public List<SlotQueue> list(Optional<DoctorCode> doctor, LocalDate day, boolean all) {
    return list(doctor, Days.of(day), _ -> true, all);
  }

  private List<SlotQueue> list(
      Optional<DoctorCode> doctor, Days days, Predicate<Slot> isMeant, boolean all) {
    return transactions.read(transaction -> {
      doctor.ifPresent(code -> Finder.doctor(transaction, code));
      List<Slot> slots =
          SlotStore.list(transaction, doctor, Optional.of(days)).stream().filter(isMeant).toList();
      Map<Long, SlotBook> queues =
          QueueStore.load(transaction, slots.stream().map(Slot::id).toList()).stream()
              .collect(Collectors.toMap(queue -> queue.slot().id(), Function.identity()));
      return slots.stream()
          .map(slot -> show(transaction, Objects.requireNonNull(queues.get(slot.id())), all))
          .toList();
    });
  }

  private static SlotQueue show(Transaction transaction, SlotBook queue, boolean all) {
    List<TokenView> views =
        all
            ? TokenStore.list(transaction, queue.slot()).stream().map(queue::view).toList()
            : queue.views();
    return new SlotQueue(queue.slot(), views, PeopleLookup.of(transaction, views));
  }
}
