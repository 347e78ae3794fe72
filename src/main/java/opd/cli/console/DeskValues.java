package opd.cli.console;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.decision.TokenView;
import opd.domain.Days;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PhoneNumbers;
import opd.domain.PlainText;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.service.FacilityServices;
import opd.service.QueueService.SlotQueue;

/// Asks the facility's desk. Where that fails there is nothing to suggest: the command itself will
/// say why.
public final class DeskValues implements LiveValues {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final int FEWEST_LETTERS = 2;

  private final Supplier<FacilityServices> desks;
  private final Function<FacilityServices, Inputs> inputs;

  /// @param inputs reads what a person types at that desk, in the person's zone
  public DeskValues(Supplier<FacilityServices> desks, Function<FacilityServices, Inputs> inputs) {
    this.desks = desks;
    this.inputs = inputs;
  }

  @Override
  public List<Suggestion> doctors(String typed) {
    return asked(desk ->
        desk.doctors().list().stream()
            .filter(doctor ->
                Completions.begins(doctor.code().value(), typed)
                    || hasWord(doctor.name().value(), typed))
            .map(doctor -> new Suggestion(doctor.code().value(), shown(doctor.name().value())))
            .toList());
  }

  @Override
  public List<Suggestion> slots(String typed) {
    return asked(desk ->
        openSlots(desk, typed).stream()
            .map(slot -> new Suggestion(slot.label().toString(), free(slot, zone(desk))))
            .toList());
  }

  private List<Slot> openSlots(FacilityServices desk, String typed) {
    LocalDate today = desk.today();
    Days days = new Days(today.minusDays(1), today.plusDays(1));
    return desk.slots().list(Optional.empty(), Optional.of(days)).stream()
        .filter(slot -> slot.status().isOpen() && isMeant(slot.label(), typed))
        .filter(slot -> !slot.label().day().isBefore(today) || !slot.hasEnded(desk.now()))
        .toList();
  }

  private ZoneId zone(FacilityServices desk) {
    return inputs.apply(desk).zone();
  }

  /// The full label is what is put in, but the short one may be typed.
  private static boolean isMeant(SlotLabel label, String typed) {
    return Completions.begins(label.toString(), typed)
        || Completions.begins(label.shortText(), typed);
  }

  static String free(Slot slot, ZoneId zone) {
    return "%s–%s, %d of %d free"
        .formatted(
            TIME.format(slot.start().atZone(zone)),
            TIME.format(slot.end().atZone(zone)),
            slot.free(),
            slot.capacity());
  }

  @Override
  public List<Suggestion> tokens(String typed, Optional<SlotLabel> chosen) {
    return asked(desk -> {
      int dash = typed.lastIndexOf('-');
      Optional<SlotReference> named = slot(desk, dash < 0 ? "" : typed.substring(0, dash));
      if (named.isPresent()) {
        return tokens(desk, named.get(), typed.substring(dash + 1));
      }
      List<Suggestion> found = new ArrayList<>();
      chosen
          .filter(label -> isMeant(label, typed))
          .ifPresent(label -> found.addAll(tokens(desk, new SlotReference.ByLabel(label), "")));
      openSlots(desk, typed).stream()
          .map(slot -> new Suggestion(slot.label() + "-", free(slot, zone(desk)), false))
          .forEach(found::add);
      return found;
    });
  }

  private Optional<SlotReference> slot(FacilityServices desk, String text) {
    try {
      SlotReference reference = inputs.apply(desk).slot(text);
      return reference instanceof SlotReference.ByLabel ? Optional.of(reference) : Optional.empty();
    } catch (OpdException notALabel) {
      return Optional.empty();
    }
  }

  private static List<Suggestion> tokens(
      FacilityServices desk, SlotReference slot, String sequence) {
    SlotQueue queue = desk.queues().show(slot, true);
    return queue.tokens().stream()
        .filter(view ->
            switch (view.token().status()) {
              case ACTIVE, DISPLACED -> true;
              case CANCELLED, NO_SHOW, COMPLETED -> false;
            })
        .filter(view -> "%02d".formatted(view.token().sequence()).startsWith(sequence))
        .map(view -> new Suggestion(view.token().label().toString(), whose(queue, view)))
        .toList();
  }

  private static String whose(SlotQueue queue, TokenView view) {
    Patient patient = queue.people().patients().get(view.token().patientId());
    String name = patient == null ? "" : shown(patient.shownName()) + ", ";
    return name
        + Inputs.typed(view.token().priority())
        + (view.position() == null ? ", displaced" : "");
  }

  @Override
  public List<Suggestion> patients(String typed) {
    return asked(desk -> patients(desk, typed).stream().map(DeskValues::suggestion).toList());
  }

  private static List<Patient> patients(FacilityServices desk, String typed) {
    if (typed.length() < FEWEST_LETTERS) {
      return List.of();
    }
    PhoneNumbers numbers = new PhoneNumbers(desk.settings().region());
    return numbers
        .prefix(typed)
        .map(prefix -> desk.patients().startingWith(prefix))
        .orElseGet(() -> desk.patients().find(typed, numbers));
  }

  private static Suggestion suggestion(Patient patient) {
    int member = patient.member();
    return new Suggestion(
        patient.shownPhone(),
        shown(patient.shownName()) + (member == 1 ? "" : ", member " + member));
  }

  private <T> List<T> asked(Function<FacilityServices, List<T>> question) {
    try {
      return question.apply(desks.get());
    } catch (OpdException e) {
      return List.of();
    }
  }

  /// Whether one of the words begins as typed.
  private static boolean hasWord(String text, String typed) {
    return (" " + text.toLowerCase(Locale.ROOT)).contains(" " + typed.toLowerCase(Locale.ROOT));
  }

  /// Names are text of others: never interpreted by the terminal.
  private static String shown(String name) {
    return PlainText.visible(name);
  }
}
