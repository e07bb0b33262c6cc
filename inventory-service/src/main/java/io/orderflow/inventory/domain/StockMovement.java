package io.orderflow.inventory.domain;

/** Where the pieces of a line go. Each movement takes as many as it gives. */
public enum StockMovement {
    RESERVE(-1, +1, 0),
    RELEASE(+1, -1, 0),
    SHIP(0, -1, +1);

    private final int available;
    private final int reserved;
    private final int shipped;

    StockMovement(int available, int reserved, int shipped) {
        this.available = available;
        this.reserved = reserved;
        this.shipped = shipped;
    }

    /** What a piece adds to what is available. */
    public int available() {
        return available;
    }

    /** What a piece adds to what is reserved. */
    public int reserved() {
        return reserved;
    }

    /** What a piece adds to what is shipped. */
    public int shipped() {
        return shipped;
    }
}
