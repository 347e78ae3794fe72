package opd.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import opd.decision.Outcome;
import opd.decision.Response.People;
import opd.decision.SlotBook;
import opd.decision.TokenView;
import opd.domain.Days;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.Patient;
import opd.domain.Slot;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.DoctorStore;
import opd.store.table.PatientStore;
import opd.store.table.QueueStore;
import opd.store.table.SlotStore;
import org.jspecify.annotations.Nullable;

/// Looks up whom an outcome mentions, so that it can be shown with names.
final class PeopleLookup {
  private PeopleLookup() {}

  static People in(Transaction transaction, Outcome outcome) {
    return withNext(transaction, outcome, Map.of()).get();
  }

  /// Looks them up together with the transaction's next statement, or with its COMMIT.
  ///
  /// @param known patients who need not be looked up, by id
  static Supplier<People> withNext(
      Transaction transaction, Outcome outcome, Map<Long, Patient> known) {
    return switch (outcome) {
      case Outcome.DoctorSaved(DoctorCode code, boolean isActive) -> {
        var doctors = DoctorStore.findAll(transaction, List.of(code));
        People people =
            isActive ? new People(Map.of(), doctors) : whoStay(transaction, code, doctors);
        yield () -> people;
      }
      case Outcome.PatientSaved(long patientId) -> patients(transaction, Set.of(patientId), known);
      case Outcome.PatientRejected rejected ->
          patients(transaction, Set.of(rejected.patientId()), known);
      case Outcome.SlotsOpened _, Outcome.SlotRejected _, Outcome.FacilitySaved _ ->
          () -> People.NONE;
      case Outcome.Allocation allocation -> of(transaction, views(allocation), known);
      case Outcome.TokenDone done ->
          of(transaction, views(joined(done.waiting(), done.othersWaiting()), done.token()), known);
      case Outcome.ChangeRejected rejected ->
          of(transaction, views(List.of(), rejected.token(), rejected.existing()), known);
      case Outcome.Served served -> {
        List<TokenView> passed = served.passed().stream().map(Outcome.Passed::token).toList();
        yield of(transaction, views(passed, served.token(), served.previous()), known);
      }
      case Outcome.NobodyWaiting _ -> () -> People.NONE;
      case Outcome.SlotDone done -> of(transaction, done.tokens(), known);
      case Outcome.SlotDelayed delayed -> of(transaction, delayed.tokens(), known);
      case Outcome.SlotMoved moved -> of(transaction, moved.tokens(), known);
      case Outcome.SlotChanged changed ->
          of(transaction, joined(changed.tokens(), changed.waiting()), known);
      case Outcome.SlotReopened reopened ->
          of(transaction, joined(reopened.tokens(), reopened.waiting()), known);
      case Outcome.DoctorLate late ->
          of(
              transaction,
              late.slots().stream().flatMap(part -> part.tokens().stream()).toList(),
              known);
      case Outcome.DoctorAway away ->
          of(
              transaction,
              away.slots().stream().flatMap(part -> part.tokens().stream()).toList(),
              known);
    };
  }

  /// The slots that go on without new ones after them, with their patients: not what was decided,
  /// but how it stands, whenever that is told.
  private static People whoStay(
      Transaction transaction, DoctorCode code, Map<DoctorCode, Doctor> doctors) {
    FacilityStore.Moment moment = FacilityStore.now(transaction);
    Days days = Days.from(moment.today().minusDays(2));
    List<Long> slots =
        SlotStore.listOpen(transaction, code, days.first(), days.last()).stream()
            .filter(slot -> !slot.hasEnded(moment.now()))
            .map(Slot::id)
            .toList();
    List<SlotBook> open =
        QueueStore.load(transaction, slots).stream()
            .sorted(Comparator.comparing((SlotBook book) -> book.slot().start()))
            .toList();
    List<TokenView> views = open.stream().flatMap(book -> book.views().stream()).toList();
    return new People(of(transaction, views).patients(), doctors, open);
  }

  static List<TokenView> views(Outcome.Allocation outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted ->
          views(
              joined(admitted.othersWaiting(), admitted.waiting()),
              admitted.token(),
              admitted.displaced(),
              admitted.from());
      case Outcome.Rejected rejected -> views(List.of(), rejected.existing(), rejected.from());
    };
  }

  /// The patients of the tokens.
  static People of(Transaction transaction, Collection<TokenView> views) {
    return of(transaction, views, Map.of()).get();
  }

  private static Supplier<People> of(
      Transaction transaction, Collection<TokenView> views, Map<Long, Patient> known) {
    Set<Long> ids = new TreeSet<>();
    views.forEach(view -> ids.add(view.token().patientId()));
    return patients(transaction, ids, known);
  }

  private static Supplier<People> patients(
      Transaction transaction, Set<Long> ids, Map<Long, Patient> known) {
    Map<Long, Patient> found = new HashMap<>();
    Set<Long> unknown = new TreeSet<>();
    for (long id : ids) {
      Patient patient = known.get(id);
      if (patient == null) {
        unknown.add(id);
      } else {
        found.put(id, patient);
      }
    }
    if (unknown.isEmpty()) {
      return () -> new People(found, Map.of());
    }
    var rest = PatientStore.findAllWithNext(transaction, unknown);
    return () -> {
      found.putAll(rest.get());
      return new People(found, Map.of());
    };
  }

  private static List<TokenView> joined(List<TokenView> first, List<TokenView> second) {
    List<TokenView> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static List<TokenView> views(List<TokenView> more, @Nullable TokenView... views) {
    List<TokenView> present = new ArrayList<>(more);
    for (TokenView view : views) {
      if (view != null) {
        present.add(view);
      }
    }
    return present;
  }
}
