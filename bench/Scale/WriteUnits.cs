namespace Waybill.Bench.Scale;

/// <summary>
/// Where the measured write units go (docs/cost.md): 8 for a notification delivered at once, 7 for each retry. An update that changes an
/// index's sort key writes that index twice.
/// </summary>
internal sealed record WriteUnits(double Table, double Due, double Recent)
{
    /// <summary>Request, state, Queue, Claim, Succeed; into and out of <c>due</c>; into <c>recent</c>.</summary>
    public static readonly WriteUnits Delivery = new(5, 2, 1);

    /// <summary>Retry, Redispatch, Claim; the first two each move the due time.</summary>
    public static readonly WriteUnits Retry = new(3, 4, 0);

    public double Sum => Table + Due + Recent;

    /// <summary>For each notification, or a second at a rate.</summary>
    public static WriteUnits Of(double retries, double rate = 1) => new(
        rate * (Delivery.Table + (retries * Retry.Table)),
        rate * (Delivery.Due + (retries * Retry.Due)),
        rate * (Delivery.Recent + (retries * Retry.Recent)));
}
