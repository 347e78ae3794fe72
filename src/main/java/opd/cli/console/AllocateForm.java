package opd.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.Inputs;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.PhoneReference;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.UnidentifiedPatient;
import opd.service.FacilityServices;

/// Asks for what is missing of an `allocate`, one field a line, and for a confirmation of the
/// whole. What it makes is the command with every option, to be run like any other.
public final class AllocateForm {
  // With these the form stays away: they take a list, show the help, or name another facility than
  // the one whose slots and patients the form offers.
  private static final List<String> ASKS_NOTHING_WITH =
      List.of("--from", "--help", "--facility", "--db");
  // Stands in place of a number.
  private static final String UNKNOWN = "--unknown";

  private final Questions person;
  private final Form form;
  private final Grammar grammar;
  private final LiveValues live;
  private final Supplier<FacilityServices> desks;
  private final Function<FacilityServices, Inputs> inputs;
  private final DryRun dryRun;

  /// What would come of a command; empty where that cannot be told.
  public interface DryRun {
    Optional<Response<? extends Outcome>> of(List<String> words);
  }

  /// @param inputs reads what a person types at that desk, in the person's zone
  public AllocateForm(
      Questions person,
      Grammar grammar,
      LiveValues live,
      Supplier<FacilityServices> desks,
      Function<FacilityServices, Inputs> inputs,
      DryRun dryRun) {
    this.person = person;
    this.form = new Form(person);
    this.grammar = grammar;
    this.live = live;
    this.desks = desks;
    this.inputs = inputs;
    this.dryRun = dryRun;
  }

  /// What was given of an `allocate`, and what is asked for.
  private final class Draft {
    private final TypedWords typed;
    private final List<String> words;
    private final List<String> summary = new ArrayList<>();

    Draft(List<String> words) {
      this.typed = TypedWords.of(grammar, words);
      this.words = new ArrayList<>(words);
    }

    boolean lacks(String option) {
      return !typed.has(option);
    }

    void add(String option, String value) {
      words.add(option);
      words.add(value);
    }
  }

  /// The command with all that it needs; as it was when nothing is missing or it is another one;
  /// empty when the person gave up.
  ///
  /// @param chosen the slot that is not asked for
  public Optional<List<String>> completed(List<String> words, Optional<SlotLabel> chosen) {
    Draft draft = new Draft(words);
    boolean isMeant =
        words.getFirst().equals("allocate") && ASKS_NOTHING_WITH.stream().allMatch(draft::lacks);
    boolean isComplete =
        (!draft.lacks("--slot") || !draft.lacks("--doctor") || chosen.isPresent())
            && (!draft.lacks("--phone") || !draft.lacks(UNKNOWN))
            && !draft.lacks("--priority")
            && !draft.lacks("--source");
    return !isMeant || isComplete ? Optional.of(words) : filledIn(draft, chosen);
  }

  private Optional<List<String>> filledIn(Draft draft, Optional<SlotLabel> chosen) {
    try {
      if (draft.lacks("--slot") && draft.lacks("--doctor")) {
        slot(draft, chosen);
      }
      patient(draft);
      if (draft.lacks("--priority")) {
        TokenPriority priority = form.choice("priority", TokenPriority.class, "", Inputs::choice);
        add(draft, "--priority", priority);
      }
      if (draft.lacks("--source")) {
        TokenSource source = form.choice("source", TokenSource.class, "walk-in", Inputs::choice);
        add(draft, "--source", source);
      }
      draft.summary.forEach(person::say);
      return confirmed(draft.words) ? Optional.of(draft.words) : Optional.empty();
    } catch (Form.GivenUp e) {
      return Optional.empty();
    }
  }

  /// Asks, and says before it who would lose the place. What the rules will refuse needs no
  /// consent: the refusal itself says what can be done.
  private boolean confirmed(List<String> words) {
    Optional<Response<? extends Outcome>> foreseen = dryRun.of(words);
    if (foreseen.isPresent() && foreseen.get().outcome().isRefused()) {
      return true;
    }
    if (foreseen.isPresent()
        && foreseen.get().outcome() instanceof Outcome.Admitted admitted
        && admitted.displaced() != null) {
      person.say("  " + whose(admitted.displaced(), foreseen.get().people()) + " loses the place");
    }
    return form.confirmed("give the token?");
  }

  private static String whose(TokenView view, Response.People people) {
    Patient patient = people.patients().get(view.token().patientId());
    return "%s%s, %s,"
        .formatted(
            view.token().label(),
            patient == null ? "" : "  " + patient.shownName(),
            Inputs.typed(view.token().priority()));
  }

  private static void add(Draft draft, String option, Enum<?> value) {
    String text = Inputs.typed(value);
    draft.add(option, text);
    draft.summary.add("  " + text);
  }

  private void slot(Draft draft, Optional<SlotLabel> chosen) {
    Slot slot =
        chosen.isPresent()
            ? slot(chosen.get().toString())
            : form.field("slot", "", live::slots, this::slot);
    draft.add("--slot", slot.label().toString());
    draft.summary.add(
        "  " + slot.label() + "  " + DeskValues.free(slot, inputs.apply(desks.get()).zone()));
  }

  private Slot slot(String text) {
    FacilityServices desk = desks.get();
    return desk.slots().show(inputs.apply(desk).slot(text));
  }

  private void patient(Draft draft) {
    if (!draft.lacks(UNKNOWN)) {
      return;
    }
    PhoneReference phone = phone(draft);
    if (!draft.lacks("--name") || !draft.lacks("--member")) {
      return;
    }
    List<Patient> members = desks.get().patients().members(phone);
    if (phone instanceof UnidentifiedPatient) {
      members.forEach(
          patient -> draft.summary.add("  %s  %s  known".formatted(patient.shownName(), phone)));
      return;
    }
    int member =
        switch (members.size()) {
          case 0 -> 1;
          case 1 -> members.getFirst().member();
          default -> member(members);
        };
    Optional<Patient> known =
        members.stream().filter(patient -> patient.member() == member).findFirst();
    String proposal = known.map(Patient::shownName).orElse("");
    PersonName name = form.field("name", proposal, typed -> List.of(), PersonName::new);
    boolean isKnown = known.filter(patient -> patient.isCalled(name)).isPresent();
    int given = isKnown || known.isEmpty() ? member : another(members, known.get());
    if (!isKnown) {
      draft.add("--name", name.value());
    }
    if (given != 1) {
      draft.add("--member", Integer.toString(given));
    }
    draft.summary.add(
        "  %s  %s%s  %s"
            .formatted(
                name,
                shown(phone),
                given == 1 ? "" : " member " + given,
                isKnown ? "known" : "new"));
  }

  private static String shown(PhoneReference phone) {
    return switch (phone) {
      case PhoneNumber(String e164) -> e164;
      case UnidentifiedPatient unidentified -> unidentified.toString();
    };
  }

  private PhoneReference phone(Draft draft) {
    Optional<String> given = draft.typed.value("--phone");
    PhoneNumbers numbers = new PhoneNumbers(desks.get().settings().region());
    if (given.isPresent()) {
      return numbers.reference(given.get());
    }
    PhoneReference phone = form.field("phone", "", live::patients, numbers::reference);
    draft.add("--phone", shown(phone));
    return phone;
  }

  private int member(List<Patient> members) {
    members.forEach(patient -> person.say("  " + patient.member() + "  " + patient.shownName()));
    return form.field(
        "member",
        Integer.toString(members.getFirst().member()),
        typed ->
            members.stream()
                .map(patient ->
                    new Suggestion(Integer.toString(patient.member()), patient.shownName()))
                .toList(),
        AllocateForm::memberNumber);
  }

  /// Another name than the known one is another person, who shares the phone.
  private int another(List<Patient> members, Patient known) {
    int next = 1 + members.stream().mapToInt(Patient::member).max().orElse(0);
    person.say(
        "  this number is %s's; somebody who shares it gets a member number"
            .formatted(known.shownName()));
    return form.field(
        "member", Integer.toString(next), typed -> List.of(), AllocateForm::memberNumber);
  }

  private static int memberNumber(String answer) {
    return Inputs.number("the member number", answer, 1, PatientKey.MOST_MEMBERS);
  }
}
