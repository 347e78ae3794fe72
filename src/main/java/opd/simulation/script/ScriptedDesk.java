package opd.simulation.script;

import java.util.Optional;
import java.util.function.Function;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.PersonName;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.Desk;
import opd.service.Request;
import opd.simulation.day.OutcomeText;
import opd.simulation.day.ShortLabels;

/// Lets a script name slots and tokens by their short labels, and gives each answer as one line. An
/// error is an answer too: `ERROR SLOT_OVERLAPS`.
record ScriptedDesk(SimulatedDesk desk) {

  Desk services() {
    return desk.services();
  }

  <O extends Outcome> String ask(Function<Request, Answer<O>> question) {
    return text(() -> desk.ask(question));
  }

  private interface Asked {
    Answer<?> answer();
  }

  private static String text(Asked asked) {
    try {
      return OutcomeText.of(asked.answer());
    } catch (OpdException e) {
      return "ERROR " + e.code();
    }
  }

  String allocate(Person person, String slot, TokenPriority priority, TokenSource source) {
    return allocate(wish(person, inSlot(slot), priority, source));
  }

  /// For a patient who takes a later slot of the doctor where this one is full.
  String allocateOrNext(Person person, String slot, TokenPriority priority, TokenSource source) {
    return allocate(
        new AllocationRequest(
            inSlot(slot), person.key(), name(person), priority, source, false, true));
  }

  /// For a patient who asks for the doctor, not for a slot.
  String allocateWithDoctor(
      Person person, String doctor, TokenPriority priority, TokenSource source) {
    var place = new AllocationRequest.Place.WithDoctor(new DoctorCode(doctor));
    return allocate(wish(person, place, priority, source));
  }

  /// For a patient who gives up a token in the slot for the new one.
  String allocateReplacing(Person person, String slot, TokenPriority priority, TokenSource source) {
    var wish =
        new AllocationRequest(
            inSlot(slot), person.key(), name(person), priority, source, true, false);
    return text(() -> {
      var answer = desk.ask(request -> services().allocations().allocate(request, wish));
      if (!answer.outcome().isRefused()) {
        desk.countReplaced();
      }
      return answer;
    });
  }

  /// Under a request id of one's own, so that the request can be repeated.
  String allocateAs(
      String requestId, Person person, String slot, TokenPriority priority, TokenSource source) {
    var wish = wish(person, inSlot(slot), priority, source);
    return text(
        () -> desk.ask(requestId, request -> services().allocations().allocate(request, wish)));
  }

  private String allocate(AllocationRequest wish) {
    return ask(request -> services().allocations().allocate(request, wish));
  }

  private static AllocationRequest wish(
      Person person, AllocationRequest.Place place, TokenPriority priority, TokenSource source) {
    return new AllocationRequest(place, person.key(), name(person), priority, source, false, false);
  }

  private static Optional<PersonName> name(Person person) {
    return Optional.of(person.personName());
  }

  String cancel(String token) {
    return ask(request -> services().tokens().cancel(request, token(token), null));
  }

  String noShow(String token) {
    return ask(request -> services().tokens().noShow(request, token(token)));
  }

  String complete(String token) {
    return ask(request -> services().tokens().complete(request, token(token)));
  }

  String reallocate(String token) {
    return ask(
        request -> services().reallocations().reallocate(request, token(token), Optional.empty()));
  }

  String reallocate(String token, String slot) {
    return ask(request ->
        services().reallocations().reallocate(request, token(token), Optional.of(slot(slot))));
  }

  String delaySlot(String slot, int minutes) {
    return ask(request -> services().slotChanges().delay(request, slot(slot), minutes));
  }

  String cancelSlot(String slot, String reason) {
    return ask(request -> services().slotChanges().cancel(request, slot(slot), reason));
  }

  String completeSlot(String slot) {
    return ask(request -> services().slotChanges().complete(request, slot(slot)));
  }

  /// The slot and all its tokens in one line.
  String queue(String slot) {
    return QueueText.of(services().queues().show(slot(slot), true));
  }

  private AllocationRequest.Place inSlot(String label) {
    return new AllocationRequest.Place.InSlot(slot(label));
  }

  private SlotReference slot(String label) {
    return new SlotReference.ByLabel(SlotLabel.parse(full(label)).orElseThrow());
  }

  private TokenReference token(String label) {
    return new TokenReference.ByLabel(TokenLabel.parse(full(label)).orElseThrow());
  }

  private String full(String label) {
    return new ShortLabels(desk.date()).expand(label);
  }
}
