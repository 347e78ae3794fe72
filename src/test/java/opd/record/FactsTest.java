package opd.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.decision.AuditEvent;
import opd.decision.ChangeFacts;
import opd.decision.Claim;
import opd.decision.ClaimFacts;
import opd.decision.ClaimOptions;
import opd.decision.PassedOver;
import opd.decision.SlotBook;
import opd.decision.SlotFacts;
import opd.decision.TokenChange;
import opd.domain.AuditKind;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.story.LogBook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The facts of every kind of event, as they are stored and hashed.
final class FactsTest {
  private static final ClaimFacts FREE = LogBook.claim(TokenPriority.PAID, 3, 1, "");
  private static final ClaimFacts FULL = LogBook.claim(TokenPriority.PAID, 2, 2, "2F 1P");
  private static final SlotFacts NEXT =
      new SlotFacts(
          LogBook.TEN,
          LogBook.time("10:00"),
          LogBook.time("11:00"),
          9,
          SlotStatus.DELAYED,
          7,
          new StatusCounts(1, 2, 3, 4, 5));

  private record Case(AuditEvent event, AuditKind kind, Integer rule, String facts) {}

  private static List<Case> cases() {
    String free = "'priority':'PAID','source':'WALK_IN','capacity':3,'active':1";
    String full =
        "'priority':'PAID','source':'WALK_IN','capacity':2,'active':2,'candidates':"
            + "[{'sequence':2,'priority':'FOLLOW_UP'},{'sequence':1,'priority':'PAID'}]";
    String next =
        "'next':{'slot':'RAO-20300107-1000','end':'2030-01-07T11:00:00Z','capacity':9,'status':'DELAYED',"
            + "'delayMinutes':7,'counts':{'ACTIVE':1,'DISPLACED':2,'CANCELLED':3,'NO_SHOW':4,'COMPLETED':5}}";
    return List.of(
        new Case(
            new AuditEvent.DoctorAdded("abc"), AuditKind.DOCTOR_ADDED, null, "{'details':'abc'}"),
        new Case(
            new AuditEvent.DoctorChanged(true), AuditKind.DOCTOR_CHANGED, null, "{'active':true}"),
        new Case(
            new AuditEvent.DoctorChanged(false),
            AuditKind.DOCTOR_CHANGED,
            null,
            "{'active':false}"),
        new Case(
            new AuditEvent.PatientRegistered("abc"),
            AuditKind.PATIENT_REGISTERED,
            null,
            "{'identity':'abc'}"),
        new Case(
            new AuditEvent.FacilitySet("IN", "Asia/Kolkata", ClockSource.DATABASE, "ab"),
            AuditKind.FACILITY_SET,
            null,
            "{'region':'IN','zone':'Asia/Kolkata','clock':'DATABASE','phoneKeyDigest':'ab'}"),
        new Case(
            new AuditEvent.PatientChanged("abc"),
            AuditKind.PATIENT_CHANGED,
            null,
            "{'identity':'abc'}"),
        new Case(
            new AuditEvent.PatientErased("in writing"),
            AuditKind.PATIENT_ERASED,
            null,
            "{'reason':'in writing'}"),
        new Case(
            new AuditEvent.ErasureRejected(
                Refusal.HOLDS_TOKEN, LogBook.token(2), TokenStatus.DISPLACED),
            AuditKind.CHANGE_REJECTED,
            null,
            "{'code':'HOLDS_TOKEN','wish':'ERASE','holds':'RAO-20300107-0900-02','tokenStatus':'DISPLACED'}"),
        new Case(
            new AuditEvent.SlotOpened(
                LogBook.NINE, LogBook.time("09:00"), LogBook.time("10:00"), 3),
            AuditKind.SLOT_OPENED,
            null,
            "{'doctor':'RAO','start':'2030-01-07T09:00:00Z','end':'2030-01-07T10:00:00Z','capacity':3}"),
        new Case(
            new AuditEvent.SlotDelayed(20, 5),
            AuditKind.SLOT_DELAYED,
            null,
            "{'minutes':20,'minutesBefore':5}"),
        new Case(
            new AuditEvent.SlotCancelled("ill", List.of(2, 1), false),
            AuditKind.SLOT_CANCELLED,
            null,
            "{'reason':'ill','tokens':[2,1]}"),
        new Case(
            new AuditEvent.SlotCancelled("ill", List.of(), true),
            AuditKind.SLOT_CANCELLED,
            null,
            "{'reason':'ill','tokens':[],'moving':true}"),
        new Case(
            new AuditEvent.SlotCancelled("ill", List.of(1), true, new DoctorCode("SEN")),
            AuditKind.SLOT_CANCELLED,
            null,
            "{'reason':'ill','tokens':[1],'moving':true,'cover':'SEN'}"),
        new Case(
            new AuditEvent.DoctorChanged(true, "abc"),
            AuditKind.DOCTOR_CHANGED,
            null,
            "{'active':true,'details':'abc'}"),
        new Case(
            new AuditEvent.TokenReinstated(
                new ClaimFacts(
                    TokenPriority.PAID,
                    TokenSource.WALK_IN,
                    3,
                    1,
                    List.of(),
                    new ClaimOptions(false, null, "chest pain"),
                    new TokenLabel(LogBook.TEN, 2)),
                null),
            AuditKind.TOKEN_REINSTATED,
            5,
            "{" + free + ",'reason':'chest pain','holds':'RAO-20300107-1000-02'}"),
        new Case(
            new AuditEvent.SlotCompleted(List.of(3)),
            AuditKind.SLOT_COMPLETED,
            null,
            "{'tokens':[3]}"),
        new Case(
            new AuditEvent.SlotChanged(
                5, 3, LogBook.time("11:00"), LogBook.time("10:00"), List.of(2)),
            AuditKind.SLOT_CHANGED,
            1,
            "{'capacity':5,'capacityBefore':3,'end':'2030-01-07T11:00:00Z','endBefore':'2030-01-07T10:00:00Z',"
                + "'tokens':[2]}"),
        new Case(
            new AuditEvent.SlotReopened(
                "came", SlotStatus.CANCELLED, SlotStatus.DELAYED, List.of(2, 1), List.of()),
            AuditKind.SLOT_REOPENED,
            null,
            "{'reason':'came','before':'CANCELLED','status':'DELAYED','tokens':[2,1]}"),
        new Case(
            new AuditEvent.SlotReopened(
                "came", SlotStatus.COMPLETED, SlotStatus.SCHEDULED, List.of(), List.of(4)),
            AuditKind.SLOT_REOPENED,
            null,
            "{'reason':'came','before':'COMPLETED','status':'SCHEDULED','tokens':[],'erased':[4]}"),
        new Case(
            new AuditEvent.ChangeUndone(7, TokenStatus.NO_SHOW, TokenStatus.ACTIVE, "came"),
            AuditKind.CHANGE_UNDONE,
            null,
            "{'undoes':7,'before':'NO_SHOW','status':'ACTIVE','reason':'came'}"),
        new Case(
            new AuditEvent.ChangeUndone(
                7, TokenStatus.NO_SHOW, TokenStatus.ACTIVE, "came", LogBook.token(4)),
            AuditKind.CHANGE_UNDONE,
            null,
            "{'undoes':7,'before':'NO_SHOW','status':'ACTIVE','reason':'came',"
                + "'holds':'RAO-20300107-0900-04'}"),
        new Case(
            new AuditEvent.ChangeUndone(7, TokenStatus.COMPLETED, TokenStatus.ACTIVE, null),
            AuditKind.CHANGE_UNDONE,
            null,
            "{'undoes':7,'before':'COMPLETED','status':'ACTIVE'}"),
        new Case(
            new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, false, LogBook.token(4)),
            AuditKind.TOKEN_CANCELLED,
            null,
            "{'before':'ACTIVE','movedTo':'RAO-20300107-0900-04'}"),
        new Case(
            new AuditEvent.TokenAllocated(FREE, Rule.CAPACITY, null, null, LogBook.token(4)),
            AuditKind.TOKEN_ALLOCATED,
            1,
            "{" + free + ",'movedFrom':'RAO-20300107-0900-04'}"),
        new Case(
            new AuditEvent.ChangeRejected(
                "UNDO",
                Refusal.SLOT_FULL,
                TokenStatus.NO_SHOW,
                SlotStatus.SCHEDULED,
                new ChangeFacts(null, 3, 3, false, "came", null)),
            AuditKind.CHANGE_REJECTED,
            1,
            "{'code':'SLOT_FULL','wish':'UNDO','tokenStatus':'NO_SHOW','slotStatus':'SCHEDULED','capacity':3,"
                + "'active':3,'reason':'came'}"),
        new Case(
            new AuditEvent.ChangeRejected(
                "UNDO",
                Refusal.NOTHING_TO_UNDO,
                TokenStatus.NO_SHOW,
                SlotStatus.SCHEDULED,
                new ChangeFacts(LogBook.token(4), null, null, true, null, null)),
            AuditKind.CHANGE_REJECTED,
            null,
            "{'code':'NOTHING_TO_UNDO','wish':'UNDO','tokenStatus':'NO_SHOW','slotStatus':'SCHEDULED',"
                + "'existing':'RAO-20300107-0900-04','erased':true}"),
        new Case(
            new AuditEvent.TokenAllocated(FREE, Rule.CAPACITY, null, null),
            AuditKind.TOKEN_ALLOCATED,
            1,
            "{" + free + "}"),
        new Case(
            new AuditEvent.TokenAllocated(
                FULL, Rule.HIGHER_PRIORITY, LogBook.token(2), LogBook.token(7)),
            AuditKind.TOKEN_ALLOCATED,
            2,
            "{"
                + full
                + ",'displaced':'RAO-20300107-0900-02','reallocatedFrom':'RAO-20300107-0900-07'}"),
        new Case(
            new AuditEvent.TokenDisplaced(LogBook.token(3)),
            AuditKind.TOKEN_DISPLACED,
            4,
            "{'by':'RAO-20300107-0900-03'}"),
        new Case(new AuditEvent.TokenDisplaced(null), AuditKind.TOKEN_DISPLACED, 4, "{}"),
        new Case(
            new AuditEvent.AllocationRejected(
                FULL, Refusal.SLOT_FULL, Rule.CAPACITY, SlotStatus.SCHEDULED, null, NEXT, null),
            AuditKind.ALLOCATION_REJECTED,
            1,
            "{'code':'SLOT_FULL','slotStatus':'SCHEDULED'," + full + "," + next + "}"),
        new Case(
            new AuditEvent.AllocationRejected(
                FREE,
                Refusal.DUPLICATE_TOKEN,
                null,
                SlotStatus.DELAYED,
                LogBook.token(2),
                null,
                LogBook.token(7)),
            AuditKind.ALLOCATION_REJECTED,
            null,
            "{'code':'DUPLICATE_TOKEN','slotStatus':'DELAYED',"
                + free
                + ",'existing':'RAO-20300107-0900-02','reallocatedFrom':'RAO-20300107-0900-07'}"),
        new Case(
            new AuditEvent.TokenCancelled(TokenStatus.DISPLACED, "called", false),
            AuditKind.TOKEN_CANCELLED,
            null,
            "{'before':'DISPLACED','reason':'called'}"),
        new Case(
            new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, true),
            AuditKind.TOKEN_CANCELLED,
            null,
            "{'before':'ACTIVE','replaced':true}"),
        new Case(new AuditEvent.TokenNoShow(), AuditKind.TOKEN_NO_SHOW, null, "{}"),
        new Case(new AuditEvent.TokenCompleted(false), AuditKind.TOKEN_COMPLETED, null, "{}"),
        new Case(
            new AuditEvent.TokenCompleted(true),
            AuditKind.TOKEN_COMPLETED,
            null,
            "{'withSlot':true}"),
        new Case(
            new AuditEvent.TokenReinstated(FULL, LogBook.token(2)),
            AuditKind.TOKEN_REINSTATED,
            5,
            "{" + full + ",'displaced':'RAO-20300107-0900-02'}"),
        new Case(
            new AuditEvent.TokenReallocated(LogBook.token(8)),
            AuditKind.TOKEN_REALLOCATED,
            null,
            "{'successor':'RAO-20300107-0900-08'}"),
        new Case(
            AuditEvent.ChangeRejected.of(
                TokenChange.NO_SHOW,
                Refusal.TOKEN_NOT_ACTIVE,
                TokenStatus.CANCELLED,
                SlotStatus.SCHEDULED),
            AuditKind.CHANGE_REJECTED,
            null,
            "{'code':'TOKEN_NOT_ACTIVE','wish':'NO_SHOW','tokenStatus':'CANCELLED','slotStatus':'SCHEDULED'}"),
        new Case(new AuditEvent.TokenArrived(false), AuditKind.TOKEN_ARRIVED, null, "{}"),
        new Case(
            new AuditEvent.TokenArrived(true), AuditKind.TOKEN_ARRIVED, null, "{'again':true}"),
        new Case(
            new AuditEvent.TokenCalled(null, 1, false, false, List.of(), null),
            AuditKind.TOKEN_CALLED,
            null,
            "{'calls':1}"),
        new Case(
            new AuditEvent.TokenCalled(
                "2",
                3,
                true,
                true,
                List.of(new AuditEvent.Passed(1, PassedOver.NOT_HERE)),
                LogBook.token(2)),
            AuditKind.TOKEN_CALLED,
            null,
            "{'room':'2','calls':3,'next':true,'present':true,'passed':[{'sequence':1,'why':'NOT_HERE'}],"
                + "'previous':'RAO-20300107-0900-02'}"),
        new Case(
            new AuditEvent.TokenParked(true, "blood test"),
            AuditKind.TOKEN_PARKED,
            null,
            "{'again':true,'reason':'blood test'}"),
        new Case(new AuditEvent.TokenReturned(false), AuditKind.TOKEN_RETURNED, null, "{}"),
        new Case(
            new AuditEvent.ChangeRejected(
                "NEXT",
                Refusal.NOBODY_WAITING,
                null,
                null,
                new ChangeFacts(null, null, null, false, null, null, true, "2")),
            AuditKind.CHANGE_REJECTED,
            null,
            "{'code':'NOBODY_WAITING','wish':'NEXT','present':true,'room':'2'}"),
        new Case(
            new AuditEvent.ChangeRejected("DELAY", Refusal.SLOT_CLOSED, null, SlotStatus.COMPLETED),
            AuditKind.CHANGE_REJECTED,
            null,
            "{'code':'SLOT_CLOSED','wish':'DELAY','slotStatus':'COMPLETED'}"));
  }

  @TestFactory
  Stream<DynamicTest> everyEventIsWrittenAsItsFactsAndReadBack() {
    return cases().stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.kind() + " " + one.facts(),
                () -> {
                  String facts = one.facts().replace('\'', '"');
                  assertThat(FactsJson.text(one.event())).isEqualTo(facts);
                  assertThat(one.event().kind()).isEqualTo(one.kind());
                  Rule rule = one.event().rule();
                  assertThat(rule == null ? null : (Integer) rule.number()).isEqualTo(one.rule());
                  assertThat(FactsReader.read(one.kind(), one.rule(), facts)).contains(one.event());
                }));
  }

  @Test
  void noKindIsLeftOut() {
    assertThat(cases().stream().map(Case::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(AuditKind.values()));
  }

  @Test
  void factsThatAreNotThoseOfTheEventAreNotRead() {
    String claim = "{'priority':'PAID','source':'APP','capacity':1,'active':0%s}";
    assertThat(read(AuditKind.TOKEN_ALLOCATED, 5, claim.formatted(""))).isTrue();
    assertThat(read(AuditKind.TOKEN_ALLOCATED, null, claim.formatted(""))).isTrue();
    assertThat(read(AuditKind.TOKEN_ALLOCATED, 0, claim.formatted(""))).isFalse();
    assertThat(read(AuditKind.TOKEN_ALLOCATED, 6, claim.formatted(""))).isFalse();
    assertThat(read(AuditKind.TOKEN_ALLOCATED, 1, claim.formatted(",'displaced':'RAO-7'")))
        .isFalse();
    assertThat(read(AuditKind.TOKEN_ALLOCATED, 1, "{}")).isFalse();
    assertThat(read(AuditKind.TOKEN_ALLOCATED, 1, "{")).isFalse();
    assertThat(read(AuditKind.TOKEN_CANCELLED, null, "{'before':'GONE'}")).isFalse();
    assertThat(read(AuditKind.TOKEN_REALLOCATED, null, "{'successor':'RAO'}")).isFalse();
    assertThat(read(AuditKind.SLOT_COMPLETED, null, "{}")).isFalse();
    assertThat(
            read(
                AuditKind.SLOT_OPENED,
                null,
                "{'doctor':'RAO','start':'today','end':'today','capacity':1}"))
        .isFalse();
    String next =
        FactsJson.text(
            new AuditEvent.AllocationRejected(
                FREE, Refusal.SLOT_FULL, Rule.CAPACITY, SlotStatus.SCHEDULED, null, NEXT, null));
    assertThat(read(AuditKind.ALLOCATION_REJECTED, 1, next)).isTrue();
    assertThat(
            read(AuditKind.ALLOCATION_REJECTED, 1, next.replace("RAO-20300107-1000", "tomorrow")))
        .isFalse();
  }

  private static boolean read(AuditKind kind, Integer rule, String facts) {
    return FactsReader.read(kind, rule, facts.replace('\'', '"')).isPresent();
  }

  @Test
  void aRefusedChangeIsKeptUnderTheNameOfTheWish() {
    assertThat(
            AuditEvent.ChangeRejected.of(
                TokenChange.CANCEL,
                Refusal.TOKEN_NOT_ACTIVE,
                TokenStatus.NO_SHOW,
                SlotStatus.DELAYED))
        .isEqualTo(
            new AuditEvent.ChangeRejected(
                "CANCEL", Refusal.TOKEN_NOT_ACTIVE, TokenStatus.NO_SHOW, SlotStatus.DELAYED));
  }

  @Test
  void aClaimOnAFullSlotNamesTheCandidatesAndOneOnAnotherNone() {
    ClaimFacts.Candidate first = new ClaimFacts.Candidate(1, TokenPriority.PAID);
    ClaimFacts.Candidate second = new ClaimFacts.Candidate(2, TokenPriority.FOLLOW_UP);
    Token paid = token(1, TokenPriority.PAID);
    SlotBook full = book(paid, token(2, TokenPriority.FOLLOW_UP));
    Claim claim = Claim.ofNew(13, TokenPriority.PAID, TokenSource.APP);
    assertThat(ClaimFacts.of(full, claim))
        .isEqualTo(
            new ClaimFacts(TokenPriority.PAID, TokenSource.APP, 2, 2, List.of(second, first)));
    assertThat(ClaimFacts.of(book(paid), claim))
        .isEqualTo(new ClaimFacts(TokenPriority.PAID, TokenSource.APP, 2, 1, List.of()));
  }

  private static Token token(int number, TokenPriority priority) {
    return new Token(
        number,
        LogBook.token(number),
        10 + number,
        priority,
        TokenSource.APP,
        TokenStatus.ACTIVE,
        null,
        LogBook.time("08:00"));
  }

  private static SlotBook book(Token... active) {
    Slot slot =
        new Slot(
            1,
            LogBook.token(1).slot(),
            LogBook.time("09:00"),
            LogBook.time("10:00"),
            2,
            SlotStatus.SCHEDULED,
            0,
            new StatusCounts(active.length, 0, 0, 0, 0));
    return new SlotBook(slot, List.of(active), List.of(), LogBook.time("08:00"));
  }

  @Test
  void aRecommendedSlotIsKeptWithoutItsId() {
    Slot slot = NEXT.withId(42);
    assertThat(slot.id()).isEqualTo(42);
    assertThat(SlotFacts.of(slot)).isEqualTo(NEXT);
  }
}
