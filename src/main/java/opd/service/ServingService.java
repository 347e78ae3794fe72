package opd.service;

import java.util.List;
import java.util.Optional;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.RoomDecision;
import opd.decision.ServingChange;
import opd.decision.ServingDecision;
import opd.decision.SlotBook;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.store.connection.Transaction;
import opd.store.table.DecisionStore;
import opd.store.table.QueueStore;
import opd.store.table.RoomStore;
import org.jspecify.annotations.Nullable;

/// Notes who is here, calls patients in, and lets them go away and come back.
public final class ServingService {
  private final Decisions decisions;

  ServingService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  public Response<Outcome.Serving> arrive(Request request, TokenReference token) {
    return once(request, token, ServingChange.ARRIVE, null);
  }

  /// @throws OpdException TOKEN_NOT_FOUND; INVALID_INPUT when the room is not plain text
  public Response<Outcome.Serving> call(
      Request request, TokenReference token, Optional<String> room) {
    return once(request, token, ServingChange.CALL, room(room));
  }

  /// @param reason null for none; stored in the log, so no name belongs in it
  /// @throws OpdException TOKEN_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Response<Outcome.Serving> park(
      Request request, TokenReference token, @Nullable String reason) {
    String checked = reason == null ? null : TokenService.reason(reason);
    return once(request, token, ServingChange.PARK, checked);
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  public Response<Outcome.Serving> comeBack(Request request, TokenReference token) {
    return once(request, token, ServingChange.RETURN, null);
  }

  private static @Nullable String room(Optional<String> text) {
    return text.map(room -> PlainText.of("the room", room, Serving.MOST_ROOM_CHARACTERS))
        .orElse(null);
  }

  private Response<Outcome.Serving> once(
      Request request, TokenReference reference, ServingChange change, @Nullable String text) {
    return decisions.once(
        request,
        Outcome.Serving.class,
        transaction -> {
          var named = DecisionStore.find(transaction, request.id(), reference);
          Token token = Finder.present(reference, named.token());
          return new Decisions.Found<>(
              Request.digest(change.command(), token.label(), text),
              named.stored(),
              () -> {
                var locked = DecisionStore.lock(transaction, named);
                return Decisions.Loaded.of(
                    decide(locked.book(), locked.token(), change, text),
                    named.patient().orElseThrow());
              });
        });
  }

  private static Decided<Outcome.Serving> decide(
      SlotBook book, Token token, ServingChange change, @Nullable String text) {
    return switch (change) {
      case ARRIVE -> ServingDecision.arrive(book, token);
      case CALL -> ServingDecision.call(book, token, ServingDecision.Call.named(text));
      case PARK -> ServingDecision.park(book, token, text);
      case RETURN -> ServingDecision.comeBack(book, token);
    };
  }

  /// Whose queue is meant, and how.
  ///
  /// @param present whether only those who have arrived come into question
  public record Queue(Place place, boolean present, Optional<String> room) {
    /// A doctor's slots of today, or one slot.
    public sealed interface Place {
      record OfDoctor(DoctorCode doctor) implements Place {}

      record OfSlot(SlotReference slot) implements Place {}
    }
  }

  /// Calls who is next.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND, SLOT_NOT_FOUND; INVALID_INPUT when the room is not
  ///   plain text
  public Response<Outcome.Serving> callNext(Request request, Queue queue) {
    return decisions.once(
        request,
        Outcome.Serving.class,
        transaction -> find(transaction, request, queue, Optional.empty()));
  }

  /// Ends the turn of the room's current patient, and calls who is next.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND, SLOT_NOT_FOUND; INVALID_INPUT when the room is not
  ///   plain text
  public Response<Outcome.Serving> next(Request request, Queue queue, RoomDecision.Ending ending) {
    return decisions.once(
        request,
        Outcome.Serving.class,
        transaction -> find(transaction, request, queue, Optional.of(ending)));
  }

  /// What [#next] would answer now; changes and audits nothing.
  public Response<Outcome.Serving> dryRunNext(
      Request request, Queue queue, RoomDecision.Ending ending) {
    return decisions.dryRun(
        request, transaction -> find(transaction, request, queue, Optional.of(ending)));
  }

  private static Decisions.Found<Outcome.Serving> find(
      Transaction transaction, Request request, Queue queue, Optional<RoomDecision.Ending> ending) {
    RoomDecision.Wanted wanted = wanted(transaction, queue);
    String command = ending.isPresent() ? "next" : "call";
    var room =
        RoomStore.lock(
            transaction,
            request.id(),
            wanted.doctor(),
            wanted.slot() == null ? null : wanted.slot().day());
    return new Decisions.Found<>(
        Request.digest(
            command, wanted.doctor(), wanted.slot(), wanted.isPresent(), wanted.room(), ending),
        room.stored(),
        () -> {
          List<SlotBook> books = lock(transaction, room, wanted, ending.isPresent());
          return Decisions.Loaded.of(
              ending
                  .map(end -> RoomDecision.next(books, wanted, end))
                  .orElseGet(() -> RoomDecision.call(books, wanted)));
        });
  }

  private static RoomDecision.Wanted wanted(Transaction transaction, Queue queue) {
    String room = room(queue.room());
    return switch (queue.place()) {
      case Queue.Place.OfDoctor(var doctor) ->
          new RoomDecision.Wanted(doctor, null, queue.present(), room);
      case Queue.Place.OfSlot(SlotReference.ByLabel(SlotLabel slot)) ->
          new RoomDecision.Wanted(slot.doctor(), slot, queue.present(), room);
      case Queue.Place.OfSlot(SlotReference.ById reference) -> {
        SlotLabel slot = Finder.slot(transaction, reference).label();
        yield new RoomDecision.Wanted(slot.doctor(), slot, queue.present(), room);
      }
    };
  }

  /// @param isNext whether the room's current patient is looked for in all of the slots, though
  ///   only one is wanted
  private static List<SlotBook> lock(
      Transaction transaction, RoomStore.Room room, RoomDecision.Wanted wanted, boolean isNext) {
    List<SlotLabel> slots =
        room.slots().stream()
            .map(Slot::label)
            .filter(label -> isNext || wanted.slot() == null || label.equals(wanted.slot()))
            .toList();
    if (wanted.slot() != null && !slots.contains(wanted.slot())) {
      // Closed, or there is none.
      Finder.slot(transaction, new SlotReference.ByLabel(wanted.slot()));
    } else if (!room.isKnown()) {
      Finder.doctor(transaction, wanted.doctor());
    }
    return QueueStore.lock(transaction, slots).stream().filter(SlotBook::isOpen).toList();
  }
}
