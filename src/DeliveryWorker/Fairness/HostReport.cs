using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Fairness;

/// <summary>What a call says about its host.</summary>
/// <param name="Wish">How long the receiver asked to be left alone.</param>
internal sealed record HostReport(HostSignal Signal, TimeSpan Duration, TimeSpan? Wish = null)
{
    /// <summary>The call was not made.</summary>
    public static readonly HostReport Nothing = new(HostSignal.None, TimeSpan.Zero);

    public static HostReport Of(AttemptOutcome outcome) =>
        new(HostSignals.Of(outcome), TimeSpan.FromMilliseconds(outcome.Milliseconds), HostSignals.WishOf(outcome));
}
