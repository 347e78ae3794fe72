package opd.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.DoctorCode;
import opd.domain.Inputs;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Slot;
import opd.domain.TokenPriority;
import opd.service.FacilityServices;
import opd.testing.ClassFacility;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The form that asks for what an `allocate` lacks.
final class AllocateFormTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String TAKES_THE_PROPOSAL = "<Enter>";

  private Clinic clinic;
  private Optional<Response<? extends Outcome>> foreseen = Optional.empty();
  private Slot slot;

  @BeforeEach
  void open() throws Exception {
    clinic = Clinic.open(facility.anew());
    slot = clinic.aSlot(3);
  }

  @AfterEach
  void close() throws Exception {
    clinic.close();
  }

  /// Gives prepared answers; then gives up, as with Ctrl-C.
  private static final class Person implements Questions {
    private final Deque<String> answers;
    private final List<String> heard = new ArrayList<>();

    Person(String... answers) {
      this.answers = new ArrayDeque<>(Arrays.asList(answers));
    }

    @Override
    public Optional<String> ask(
        String question, String proposal, Function<String, List<Suggestion>> suggestions) {
      heard.add(proposal.isEmpty() ? question : question + " [" + proposal + "]");
      return Optional.ofNullable(answers.poll())
          .map(answer -> answer.equals(TAKES_THE_PROPOSAL) ? proposal : answer);
    }

    @Override
    public void say(String line) {
      heard.add(line.strip());
    }
  }

  @Test
  void allIsAskedForWhenNothingIsGiven() {
    Person person =
        new Person(
            slot.label().toString(), "9876543210", "Asha Menon", "f", TAKES_THE_PROPOSAL, "");

    assertThat(completed(person, "allocate"))
        .contains(
            List.of(
                "allocate",
                "--slot",
                slot.label().toString(),
                "--phone",
                "+919876543210",
                "--name",
                "Asha Menon",
                "--priority",
                "follow-up",
                "--source",
                "walk-in"));
    assertThat(person.heard)
        .containsExactly(
            "slot",
            "phone",
            "name",
            "priority",
            "source [walk-in]",
            slot.label() + "  09:00–10:00, 3 of 3 free",
            "Asha Menon  +919876543210  new",
            "follow-up",
            "walk-in",
            "give the token? [Y/n]");
  }

  @Test
  void onlyWhatIsMissingIsAskedForAndAnUnusableAnswerAgain() {
    Person person = new Person("payed", "pai", "y");

    assertThat(
            completed(
                person,
                "allocate",
                "--slot=X",
                "--phone=9876543210",
                "--name",
                "A",
                "--source",
                "app"))
        .contains(
            List.of(
                "allocate",
                "--slot=X",
                "--phone=9876543210",
                "--name",
                "A",
                "--source",
                "app",
                "--priority",
                "paid"));
    assertThat(person.heard.subList(0, 3))
        .containsExactly(
            "priority",
            "there is no priority \"payed\"; did you mean paid? it can be emergency, paid, follow-up",
            "priority");
  }

  @Test
  void aKnownNumberProposesItsNameAndAnotherNameGetsAMemberNumber() {
    known("Asha Menon", 1);

    Person same = new Person(TAKES_THE_PROPOSAL, "paid", "y");
    assertThat(completed(same, rest()).orElseThrow()).doesNotContain("--name", "--member");
    assertThat(same.heard).startsWith("name [Asha Menon]");

    Person other = new Person("Bala Menon", TAKES_THE_PROPOSAL, "paid", "y");
    assertThat(completed(other, rest()).orElseThrow())
        .containsSequence("--name", "Bala Menon", "--member", "2");
    assertThat(other.heard)
        .contains("this number is Asha Menon's; somebody who shares it gets a member number");
  }

  @Test
  void ofSeveralWhoShareANumberOneIsChosen() {
    known("Asha Menon", 1);
    known("Bala Menon", 2);

    Person person = new Person("2", TAKES_THE_PROPOSAL, "paid", "y");
    assertThat(completed(person, rest()).orElseThrow())
        .containsSequence("--member", "2")
        .doesNotContain("--name");
    assertThat(person.heard)
        .startsWith("1  Asha Menon", "2  Bala Menon", "member [1]", "name [Bala Menon]");
  }

  @Test
  void theOnlyOneOfANumberIsKnownWhateverMemberThatIs() {
    known("Bala Menon", 2);

    Person person = new Person(TAKES_THE_PROPOSAL, "paid", "y");
    assertThat(completed(person, rest()).orElseThrow())
        .containsSequence("--member", "2")
        .doesNotContain("--name");
    assertThat(person.heard)
        .startsWith("name [Bala Menon]")
        .contains("Bala Menon  +919876543210 member 2  known");
  }

  @Test
  void nothingIsRunWhenThePersonGivesUpOrSaysNo() {
    assertThat(completed(new Person(slot.label().toString()), "allocate")).isEmpty();
    known("Asha Menon", 1);
    assertThat(completed(new Person(TAKES_THE_PROPOSAL, "paid", "n"), rest())).isEmpty();
  }

  @Test
  void nobodyIsAskedWhenNothingIsMissingOrAnotherCommandIsMeant() {
    List<List<String>> commands =
        List.of(
            List.of("queue"),
            List.of("allocate", "--from", "list.csv"),
            List.of("allocate", "--help"),
            List.of("allocate", "--slot", "X", "--phone", "1", "--priority", "x", "--source", "y"));
    for (List<String> command : commands) {
      assertThat(completed(new Person(), command.toArray(String[]::new))).contains(command);
    }
  }

  @Test
  void whoLosesThePlaceIsSaidBeforeItIsAskedAndARefusalIsNotAsked() {
    known("Asha Menon", 1);
    Slot full = clinic.aFullSlot(1);
    foreseen = Optional.of(dryRun(full, TokenPriority.EMERGENCY));
    Person asked = new Person(TAKES_THE_PROPOSAL, "emergency", "n");
    assertThat(completed(asked, rest())).isEmpty();
    assertThat(asked.heard)
        .containsSubsequence(
            "emergency",
            full.label() + "-01  Anjali Deshpande 1001, follow-up, loses the place",
            "give the token? [Y/n]");

    foreseen = Optional.of(dryRun(full, TokenPriority.FOLLOW_UP));
    Person refused = new Person(TAKES_THE_PROPOSAL, "follow-up");
    assertThat(completed(refused, rest())).isPresent();
    assertThat(refused.heard).noneMatch(heard -> heard.contains("?"));
  }

  private Response<Outcome.Allocation> dryRun(Slot wanted, TokenPriority priority) {
    return clinic
        .desk()
        .allocations()
        .dryRun(clinic.request(), Clinic.wish(wanted, clinic.aPatient(), priority));
  }

  @Test
  void afterARefusalTheNextStepIsOffered() {
    DoctorCode doctor = clinic.aDoctor();
    Slot full = clinic.fill(clinic.aSlot(doctor, "09:00", 1), TokenPriority.PAID);
    Slot later = clinic.aSlot(doctor, "10:00", 2);
    Outcome refused = dryRun(full, TokenPriority.FOLLOW_UP).outcome();
    List<String> words =
        List.of("allocate", "--slot=" + full.label(), "--phone", "98", "--priority", "f");

    Person willing = new Person("");
    assertThat(step(willing, words, refused))
        .contains(
            List.of("allocate", "--phone", "98", "--priority", "f", "--slot", later.label() + ""));
    assertThat(willing.heard)
        .containsExactly("take " + later.label() + " (10:00–11:00, 2 of 2 free) instead? [Y/n]");
    assertThat(step(new Person("n"), words, refused)).isEmpty();
    assertThat(step(new Person(), words, refused)).as("Ctrl-C").isEmpty();
    assertThat(step(new Person("y"), List.of("queue"), refused)).isEmpty();

    Outcome.Admitted first = clinic.admit(Clinic.wish(later, 7, TokenPriority.PAID));
    Outcome duplicate = clinic.reject(Clinic.wish(later, 7, TokenPriority.EMERGENCY));
    Person careful = new Person("", "y");
    assertThat(step(careful, words, duplicate)).as("an empty answer takes nothing away").isEmpty();
    assertThat(step(careful, words, duplicate).orElseThrow()).endsWith("--replace");
    assertThat(careful.heard)
        .contains("give up " + first.token().token().label() + " for the new one? [y/N]");
  }

  private static Optional<List<String>> step(Person person, List<String> words, Outcome outcome) {
    return new NextStep(person, GRAMMAR, () -> ZoneOffset.UTC).after(words, outcome);
  }

  private void known(String name, int member) {
    clinic
        .desk()
        .patients()
        .add(
            clinic.request(),
            new PatientKey(new PhoneNumber("+919876543210"), member),
            new PersonName(name));
  }

  /// All but who it is, the priority and the confirmation.
  private String[] rest() {
    return new String[] {
      "allocate", "--slot", slot.label().toString(), "--phone", "+919876543210", "--source", "app"
    };
  }

  private Optional<List<String>> completed(Person person, String... words) {
    return new AllocateForm(
            person,
            GRAMMAR,
            new DeskValues(clinic::desk, AllocateFormTest::inputs),
            clinic::desk,
            AllocateFormTest::inputs,
            draft -> foreseen)
        .completed(List.of(words), Optional.empty());
  }

  private static final Grammar GRAMMAR =
      new Grammar(
          "",
          "",
          List.of(
              new Grammar("queue", "", List.of(), List.of(), ValueKind.SLOT),
              new Grammar("allocate", "", List.of(), allocateOptions(), null)),
          List.of(),
          null);

  private static Inputs inputs(FacilityServices at) {
    return new Inputs(at.now(), at.today(), at.zone(), ZoneOffset.UTC);
  }

  private static List<Grammar.Option> allocateOptions() {
    List<Grammar.Option> options = new ArrayList<>();
    for (String name :
        List.of(
            "--slot",
            "--doctor",
            "--phone",
            "--name",
            "--member",
            "--priority",
            "--source",
            "--from")) {
      options.add(new Grammar.Option(List.of(name), "", ValueKind.FREE));
    }
    options.add(new Grammar.Option(List.of("--help"), "", null));
    return options;
  }
}
