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
import opd.domain.Inputs;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Slot;
import opd.service.FacilityServices;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The form that asks for what an `allocate` lacks.
final class AllocateFormTest {
  private static final String TAKES_THE_PROPOSAL = "<Enter>";

  private Clinic clinic;
  private Slot slot;

  @BeforeEach
  void open() throws Exception {
    clinic = Clinic.open();
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
            AllocateFormTest::inputs)
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
