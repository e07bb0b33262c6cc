package io.orderflow.inventory.domain;

/** A change of the quantities of an article. The changes of a movement add up to zero. */
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

    /** The change of the available quantity, per piece. */
    public int available() {
        return available;
    }

    /** The change of the reserved quantity, per piece. */
    public int reserved() {
        return reserved;
    }

    /** The change of the shipped quantity, per piece. */
    public int shipped() {
        return shipped;
    }
}
