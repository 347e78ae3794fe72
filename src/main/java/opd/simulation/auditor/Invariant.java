package opd.simulation.auditor;

/// What can be right or wrong about a decision.
public enum Invariant {
  ANSWER("every answer is the one foretold"),
  CAPACITY("rule 1: a slot never takes more patients than it has places"),
  HIGHER_PRIORITY("rule 2: a higher priority takes the place of a lower one, and of no other"),
  EMERGENCY("rule 3: an emergency gets a place in every open slot"),
  NEVER_DELETED("rule 4: a displaced token stays, as DISPLACED"),
  NUMBERS("rule 5: numbers are given in order of arrival, 1, 2, 3 without a gap"),
  TIE_BREAK("rule 5: of the lowest claims the latest arrival makes room"),
  CALL("whoever is called is the first in the queue who may be, and ends the right patient's turn"),
  QUEUE("after every decision the whole queue is the one foretold"),
  LOG("every decision is in the log of its slot, once"),
  REPEATED("a request that is sent again gets the stored answer and changes nothing"),
  SERIAL("the logs put the work of all desks in one order that gives every answer they saw"),
  REAL_TIME("in that order nothing comes before what had ended when it began");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  /// What must be so.
  public String sentence() {
    return sentence;
  }
}
