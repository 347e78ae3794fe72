package opd.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import opd.decision.Outcome;
import opd.decision.Response.People;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.Patient;
import opd.store.connection.Transaction;
import opd.store.table.DoctorStore;
import opd.store.table.PatientStore;
import org.jspecify.annotations.Nullable;

/// Looks up whom an outcome mentions, so that it can be shown with names.
final class PeopleLookup {
  private PeopleLookup() {}

  static People in(Transaction transaction, Outcome outcome) {
    return in(transaction, outcome, Map.of());
  }

  /// @param known patients who need not be looked up, by id
  static People in(Transaction transaction, Outcome outcome, Map<Long, Patient> known) {
    return switch (outcome) {
      case Outcome.DoctorSaved(DoctorCode code, boolean _) ->
          new People(Map.of(), DoctorStore.findAll(transaction, List.of(code)));
      case Outcome.PatientSaved(long patientId) -> patients(transaction, Set.of(patientId), known);
      case Outcome.PatientRejected rejected ->
          patients(transaction, Set.of(rejected.patientId()), known);
      case Outcome.SlotsOpened _, Outcome.SlotRejected _, Outcome.FacilitySaved _ -> People.NONE;
      case Outcome.Allocation allocation -> of(transaction, views(allocation), known);
      case Outcome.TokenDone(TokenView token, List<TokenView> waiting) -> {
        List<TokenView> views = new ArrayList<>(waiting);
        views.add(token);
        yield of(transaction, views, known);
      }
      case Outcome.ChangeRejected rejected -> of(transaction, List.of(rejected.token()), known);
      case Outcome.SlotDone done -> of(transaction, done.tokens());
      case Outcome.SlotDelayed delayed -> of(transaction, delayed.tokens());
      case Outcome.SlotMoved moved -> of(transaction, moved.tokens());
    };
  }

  static List<TokenView> views(Outcome.Allocation outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted ->
          views(admitted.token(), admitted.displaced(), admitted.from());
      case Outcome.Rejected rejected -> views(rejected.existing(), rejected.from());
    };
  }

  /// The patients of the tokens.
  static People of(Transaction transaction, Collection<TokenView> views) {
    return of(transaction, views, Map.of());
  }

  private static People of(
      Transaction transaction, Collection<TokenView> views, Map<Long, Patient> known) {
    Set<Long> ids = new TreeSet<>();
    views.forEach(view -> ids.add(view.token().patientId()));
    return patients(transaction, ids, known);
  }

  private static People patients(Transaction transaction, Set<Long> ids, Map<Long, Patient> known) {
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
    if (!unknown.isEmpty()) {
      found.putAll(PatientStore.findAll(transaction, unknown));
    }
    return new People(found, Map.of());
  }

  private static List<TokenView> views(@Nullable TokenView... views) {
    List<TokenView> present = new ArrayList<>();
    for (TokenView view : views) {
      if (view != null) {
        present.add(view);
      }
    }
    return present;
  }
}
