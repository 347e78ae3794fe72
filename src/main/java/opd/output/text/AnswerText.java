package opd.output.text;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.PassedOver;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.Doctor;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.PlainText;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.service.QueueService.SlotQueue;
import opd.story.Reason;
import org.jspecify.annotations.Nullable;

/// What became of a request, as a desk wants to read it: the outcome and the token in the first
/// line, then why, then what to do.
final class AnswerText {
  private final PrintWriter out;
  private final int width;
  private final Style style;
  private final ZoneText zone;

  AnswerText(PrintWriter out, int width, Style style, ZoneText zone) {
    this.out = out;
    this.width = width;
    this.style = style;
    this.zone = zone;
  }

  void print(Response<? extends Outcome> answer) {
    Response.People people = answer.people();
    switch (answer.outcome()) {
      case Outcome.Admitted admitted -> admitted(admitted, people);
      case Outcome.Rejected rejected -> rejected(rejected, people);
      case Outcome.TokenDone done -> {
        headline(style.good(done.token().token().status().name()), done.token(), people);
        done.warnings().forEach(warning -> warning(warning, done.holds()));
        othersWaiting(done.othersWaiting(), people);
        waiting(done.waiting(), people);
      }
      case Outcome.ChangeRejected rejected -> {
        headline(style.bad("REFUSED " + rejected.refusal()), rejected.token(), people);
        sentence(Reason.of(rejected));
      }
      case Outcome.Served served -> served(served, people);
      case Outcome.NobodyWaiting nobody -> {
        out.println(style.bad("REFUSED " + Refusal.NOBODY_WAITING) + "  " + nobody.doctor());
        sentence(Reason.of(nobody));
      }
      case Outcome.SlotDone done -> slotDone(done, people);
      case Outcome.SlotDelayed delayed -> slotDelayed(delayed, people);
      case Outcome.SlotMoved moved -> slotMoved(moved, people);
      case Outcome.SlotChanged changed -> slotChanged(changed, people);
      case Outcome.SlotReopened reopened -> slotReopened(reopened, people);
      case Outcome.SlotRejected rejected -> {
        out.println(style.bad("REFUSED " + rejected.refusal()) + "  " + rejected.slot().label());
        sentence(Reason.of(rejected));
      }
      case Outcome.SlotsOpened opened -> opened(opened);
      case Outcome.DoctorSaved saved -> {
        doctor(saved, people.doctors().get(saved.code()));
        new AbsenceText(out, width, style, zone).openSlots(saved, people);
      }
      case Outcome.DoctorLate late -> new AbsenceText(out, width, style, zone).late(late, people);
      case Outcome.DoctorAway away -> new AbsenceText(out, width, style, zone).away(away, people);
      case Outcome.PatientSaved saved -> patient(people.patients().get(saved.patientId()));
      case Outcome.PatientRejected rejected -> {
        out.println(style.bad("REFUSED " + rejected.refusal()) + "  " + rejected.holds());
        sentence(Reason.of(rejected));
      }
      case Outcome.FacilitySaved(String region, String zone, var _) ->
          out.println(region + "  " + zone);
    }
    note(answer);
  }

  private void admitted(Outcome.Admitted admitted, Response.People people) {
    headline(style.good("ADMITTED"), admitted.token(), people);
    sentence(Reason.of(admitted));
    admitted.warnings().forEach(warning -> warning(warning, admitted.holds()));
    othersWaiting(admitted.othersWaiting(), people);
    TokenView displaced = admitted.displaced();
    if (displaced != null) {
      headline(style.caution("DISPLACED"), displaced, people);
      out.println("  give another place with: opd reallocate " + displaced.token().label());
    }
    waiting(admitted.waiting(), people);
  }

  private void served(Outcome.Served served, Response.People people) {
    TokenView previous = served.previous();
    if (previous != null) {
      String state =
          previous.token().serving().isParked() ? "AWAY" : previous.token().status().name();
      headline(style.quiet(state), previous, people);
    }
    TokenView view = served.token();
    if (view == null) {
      out.println(style.caution("Nobody is left to be called."));
      return;
    }
    headline(style.good(ServingText.state(view.token())), view, people);
    for (Outcome.Passed passed : served.passed()) {
      headline(style.caution("PASSED OVER, " + why(passed.why())), passed.token(), people);
    }
  }

  private static String why(PassedOver why) {
    return switch (why) {
      case CALLED -> "called already";
      case PARKED -> "away";
      case NOT_HERE -> "not here";
      case OUT_OF_TURN -> "out of turn";
    };
  }

  /// @param holds the other token that the patient holds, or null
  private void warning(Warning warning, @Nullable TokenLabel holds) {
    out.println(style.caution("Warning: " + text(warning, holds)));
  }

  /// @param holds the other token that the patient holds, or null
  static String text(Warning warning, @Nullable TokenLabel holds) {
    return switch (warning) {
      case EMERGENCY_DISPLACED_EMERGENCY -> "the place was taken from another emergency";
      case SLOT_ENDED -> "the end of this slot has passed";
      case OTHERS_WAIT -> "others were displaced here and wait for a place";
      case HOLDS_ANOTHER -> "the patient holds " + holds + " at the same time";
      case NO_REASON -> "no reason was given for this emergency; say it with --reason";
      case UNUSUAL_NUMBER ->
          "the phone number is of no length that a mobile or fixed line of its region has";
      case BEING_SEEN -> "the place was taken from somebody who was called in";
      case NEVER_CALLED -> "the patient was never called, though others of this slot were";
    };
  }

  private void rejected(Outcome.Rejected rejected, Response.People people) {
    TokenView subject = rejected.from() == null ? rejected.existing() : rejected.from();
    String headline = style.bad("REFUSED " + rejected.refusal());
    if (subject == null) {
      out.println(headline + "  " + rejected.slot().label());
    } else {
      headline(headline, subject, people);
    }
    sentence(Reason.of(rejected));
    Slot next = rejected.next();
    if (next != null) {
      out.println(
          "The next slot with a free place is %s (%d of %d free)."
              .formatted(style.strong(next.label().toString()), next.free(), next.capacity()));
    }
  }

  private void headline(String outcome, TokenView view, Response.People people) {
    Token token = view.token();
    String place =
        // Who is called in waits for no time any more.
        view.position() == null || token.serving().isCalled()
            ? ""
            : "  number %d in the queue, about %s".formatted(view.position(), expected(view));
    out.println(outcome + "  " + style.strong(token.label().toString()) + place);
    @Nullable Patient patient = people.patients().get(token.patientId());
    if (patient != null) {
      String rest = "  %s  %s".formatted(patient.shownPhone(), Inputs.typed(token.priority()));
      String name = PlainText.visible(patient.shownName());
      out.println("  " + DisplayWidth.shorten(name, width - rest.length() - 2) + rest);
    }
  }

  private String expected(TokenView view) {
    Instant expected = view.expectedAt();
    return expected == null ? "" : zone.time(expected) + " " + zone.name(expected);
  }

  private void sentence(String text) {
    Paragraph.lines(text, width).forEach(out::println);
  }

  private void waiting(List<TokenView> waiting, Response.People people) {
    if (waiting.isEmpty()) {
      return;
    }
    out.println("Displaced and waiting for this place, first claim first:");
    reallocations(waiting, people);
  }

  private void othersWaiting(List<TokenView> waiting, Response.People people) {
    if (!waiting.isEmpty()) {
      out.println("They waited for this place before, first claim first:");
      reallocations(waiting, people);
    }
  }

  private void reallocations(List<TokenView> waiting, Response.People people) {
    for (TokenView view : waiting) {
      @Nullable Patient patient = people.patients().get(view.token().patientId());
      String name = patient == null ? "" : PlainText.visible(patient.shownName());
      String start =
          "  opd reallocate %s  %s  "
              .formatted(view.token().label(), Inputs.typed(view.token().priority()));
      out.println(
          (start + DisplayWidth.shorten(name, Math.max(8, width - start.length())))
              .stripTrailing());
    }
  }

  private void slotDone(Outcome.SlotDone done, Response.People people) {
    slotHeadline(done.slot());
    String heading =
        switch (done.slot().status()) {
          case CANCELLED -> "These patients lost their place and are owed one:";
          case COMPLETED -> "These tokens were completed with it:";
          case SCHEDULED, DELAYED -> throw new IllegalArgumentException("the slot is still open");
        };
    queue(done.slot(), done.tokens(), heading, people);
  }

  private void slotChanged(Outcome.SlotChanged changed, Response.People people) {
    Slot slot = changed.slot();
    slotHeadline(slot);
    String before =
        slot.capacity() == changed.capacityBefore() && slot.end().equals(changed.endBefore())
            ? "as it was"
            : "before: %s, %s"
                .formatted(
                    zone.times(slot.start(), changed.endBefore()),
                    places(changed.capacityBefore()));
    out.println(
        "  %s, %s (%s)"
            .formatted(zone.times(slot.start(), slot.end()), places(slot.capacity()), before));
    changed.warnings().forEach(warning -> warning(warning, null));
    queue(slot, changed.tokens(), "These patients lost their place and are owed one:", people);
    waiting(changed.waiting(), people);
  }

  private void slotReopened(Outcome.SlotReopened reopened, Response.People people) {
    Slot slot = reopened.slot();
    slotHeadline(slot);
    queue(slot, reopened.tokens(), "These patients have their place again:", people);
    waiting(reopened.waiting(), people);
  }

  private void queue(Slot slot, List<TokenView> tokens, String heading, Response.People people) {
    if (!tokens.isEmpty()) {
      out.println(heading);
      table(new QueueTable(style, zone).of(new SlotQueue(slot, tokens, people)));
    }
  }

  private static String places(int capacity) {
    return capacity == 1 ? "1 place" : capacity + " places";
  }

  private void slotHeadline(Slot slot) {
    String status = SlotTable.status(slot);
    out.println(
        (slot.status().isOpen() ? style.good(status) : style.caution(status))
            + "  "
            + style.strong(slot.label().toString()));
  }

  private void slotDelayed(Outcome.SlotDelayed delayed, Response.People people) {
    slotHeadline(delayed.slot());
    if (delayed.tokens().isEmpty() || delayed.minutesBefore() == delayed.slot().delayMinutes()) {
      return;
    }
    String zoneName = zone.name(delayed.slot().start());
    out.println("Tell these patients their new time (" + zoneName + "):");
    table(new MoveTables(people, zone).delayed(delayed));
  }

  private void slotMoved(Outcome.SlotMoved moved, Response.People people) {
    slotHeadline(moved.slot());
    MoveTables tables = new MoveTables(people, zone);
    if (!moved.moved().isEmpty()) {
      String zoneName = zone.name(moved.slot().start());
      out.println("These patients have another place; tell them (times in " + zoneName + "):");
      table(tables.moved(moved));
    }
    if (!moved.unplaced().isEmpty()) {
      out.println(
          style.caution("No place was free for these patients, who are owed one; call them:"));
      table(tables.unplaced(moved));
    }
  }

  private void table(Table table) {
    table.lines(width, style).forEach(out::println);
  }

  private void opened(Outcome.SlotsOpened opened) {
    for (Slot slot : opened.slots()) {
      out.println(
          "%s  %s  %s  %d %s"
              .formatted(
                  style.good("OPEN"),
                  style.strong(slot.label().toString()),
                  zone.times(slot.start(), slot.end()),
                  slot.capacity(),
                  slot.capacity() == 1 ? "place" : "places"));
    }
  }

  private void doctor(Outcome.DoctorSaved saved, @Nullable Doctor doctor) {
    String name = doctor == null ? "" : PlainText.visible(doctor.name().value());
    out.println(
        "%s  %s  %s"
            .formatted(
                saved.active() ? style.good("ACTIVE") : style.caution("NOT ACTIVE"),
                style.strong(saved.code().value()),
                name)
            .stripTrailing());
  }

  private void patient(@Nullable Patient patient) {
    if (patient != null) {
      out.println(
          "%s  %s  %s  member %d"
              .formatted(
                  style.good("PATIENT"),
                  style.strong(PlainText.visible(patient.shownName())),
                  patient.shownPhone(),
                  patient.member()));
    }
  }

  private void note(Response<? extends Outcome> answer) {
    if (answer.isDryRun()) {
      out.println(style.caution("Dry run: nothing was changed."));
    } else {
      String replayed = answer.replayed() ? ", decided before: nothing was changed now" : "";
      out.println(style.quiet("request " + answer.requestId() + replayed));
    }
  }
}
