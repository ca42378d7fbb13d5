package dev.microlift.server.problem;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer JSON Pointer to the place, empty for the document itself
 * @param code stable kebab-case kind of fault
 * @param detail what is wrong and what would be right, in words
 */
public record Fault(String pointer, String code, String detail) {}
