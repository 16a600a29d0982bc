using Waybill.Notifications.Delivery;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;

namespace Waybill.Simulation.Checks;

/// <summary>The invariants that must hold once faults have stopped and time has passed. Pure.</summary>
internal static class EndChecks
{
    /// <returns>What is wrong with it.</returns>
    public static IEnumerable<string> Of(Ledger ledger, Item? state)
    {
        if (state is null)
        {
            if (ledger.IsAccepted && !ledger.IsExpired)
            {
                yield return "Lost: a client got 202 for it, and it is gone.";
            }

            yield break;
        }

        var record = StateItem.Read(state);

        if (!record.IsFinal)
        {
            yield return $"Stuck: it is {record.Status}, due at {record.DueAt:mm:ss}.";
            yield break;
        }

        var isWithoutEndpoint = record.DeliveryResult?.ErrorDetails?.Code == EndCodes.EndpointDeleted;

        if (isWithoutEndpoint && !ledger.LacksItsEndpoint)
        {
            yield return "It ended because its endpoint was deleted, which it was not.";
        }

        if (ledger.Calls == 0 && !ledger.LackedItsRequest && !isWithoutEndpoint && record.DeliveryResult!.Category != DeliveryCategory.Cancelled && record.DeliveryResult.Category != DeliveryCategory.EndpointDisabled && !UsedUpItsClaims(record))
        {
            yield return $"It is {record.Status} without a single attempt.";
        }

        if (LostClaims(record) > ledger.Excuses)
        {
            yield return $"{LostClaims(record)} claims led to nothing and still count, but only {ledger.Excuses} of them have an excuse.";
        }

        if (record.Status == NotificationStatus.Success && ledger.SuccessfulCalls == 0)
        {
            yield return "SUCCESS, but the receiver never answered 2xx.";
        }

        if (ledger.UnrecordedCalls > ledger.Excuses)
        {
            yield return $"{ledger.UnrecordedCalls} calls have no result, but only {ledger.Excuses} of them an excuse.";
        }
    }

    /// <summary>A record that answers errors is where it was, and somebody has said which one it is.</summary>
    public static IEnumerable<string> OfSick(Ledger ledger, Item? state, bool isNamed)
    {
        if (state is null)
        {
            if (ledger.IsAccepted)
            {
                yield return "Lost: a client got 202 for it, and it is gone.";
            }
        }
        else if (!StateItem.Read(state).IsFinal && !isNamed)
        {
            yield return "It answers errors, and no Dispatcher has named it.";
        }
    }

    /// <summary>Claims since the last redelivery that neither ended in a result nor were given back.</summary>
    private static int LostClaims(NotificationRecord record) =>
        record.Claims - record.History.Count(entry => entry.Epoch == record.Epoch && entry.Category != DeliveryCategory.Abandoned);

    private static bool UsedUpItsClaims(NotificationRecord record) =>
        record.DeliveryResult!.Category == DeliveryCategory.Abandoned && record.Claims > record.MaxAttempts + DeliveryBounds.SpareClaims;
}
