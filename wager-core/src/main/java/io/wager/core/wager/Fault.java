package io.wager.core.wager;

/**
 * One fault of a wager.
 *
 * @param pointer the place: a JSON Pointer (RFC 6901) from the wager's own object, with the property spelt as the contract spells it, such
 *     as {@code /amount}; empty for the object as a whole
 * @param code the kind of fault
 * @param detail what is wrong, for a person
 */
public record Fault(String pointer, Code code, String detail) {

    /** The kinds of fault. Their wire form is stable: clients may switch on it. */
    public enum Code {
        /** A required property is absent or null. */
        REQUIRED("required"),
        /** The JSON type differs from the contract's. */
        WRONG_TYPE("wrong-type"),
        /** A text that must not be blank is empty or has only white space. */
        BLANK("blank"),
        /** A text is longer than the contract allows. */
        TOO_LONG("too-long"),
        /** A text has a NUL or a lone surrogate, which no database would give back. */
        ILLEGAL_CHARACTER("illegal-character"),
        /** A text is not a UUID of 8-4-4-4-12 hexadecimal digits. */
        NOT_A_UUID("not-a-uuid"),
        /** A text is not an RFC 3339 timestamp with an offset. */
        NOT_A_TIMESTAMP("not-a-timestamp"),
        /** The time is further ahead of the clock than allowed. */
        IN_THE_FUTURE("in-the-future"),
        /** A number has more digits than can be kept exactly. */
        TOO_MANY_DIGITS("too-many-digits"),
        /** A number is outside the range, or an integer has a fraction. */
        OUT_OF_RANGE("out-of-range"),
        /** A country is not two ASCII letters. */
        NOT_A_COUNTRY_CODE("not-a-country-code"),
        /** A property appears more than once, in any letter case. */
        DUPLICATE_PROPERTY("duplicate-property"),
        /** What should be one JSON value is not JSON. */
        MALFORMED("malformed");

        private final String wireForm;

        Code(String wireForm) {
            this.wireForm = wireForm;
        }

        /**
         * The code as HTTP answers spell it.
         *
         * @return lower-case words joined by hyphens
         */
        public String wireForm() {
            return wireForm;
        }
    }
}
