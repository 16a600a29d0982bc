using Amazon.DynamoDBv2;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Storage;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Items;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Support;

/// <summary>Puts a notification into a state by writing its items, so that every state can be had without the way there.</summary>
internal sealed class Situation(IAmazonDynamoDB dynamoDb)
{
    public const string LeaseToken = "lease-of-the-worker";

    /// <summary>An attribute of a later version: every transition must leave it alone.</summary>
    public const string FutureAttribute = "from_a_later_version";

    public static readonly DateTimeOffset Due = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds());

    private static readonly DateTimeOffset Later = Due.AddHours(1);

    /// <param name="change">Changes the state item before it is written.</param>
    public async Task<string> Of(FromState state, Action<Item>? change = null)
    {
        var request = Submissions.New();

        if (state == FromState.Absent)
        {
            return request.Id;
        }

        await Put(RequestItem.New(request, Later.AddDays(30)));
        var item = State(request, state);
        change?.Invoke(item);
        IndexKeys.AddTo(item);
        await Put(item);
        return request.Id;
    }

    public async Task<Item?> Read(string id)
    {
        var answer = await dynamoDb.GetItemAsync(TableDefinition.DefaultName, StateItem.Key(id), consistentRead: true);
        return answer.IsItemSet ? answer.Item : null;
    }

    private static Item State(AcceptRequest request, FromState state)
    {
        var item = StateItem.New(request, Due.AddMinutes(-5), Due);
        item[FutureAttribute] = StoredValue.Of("kept");
        item[StoredNames.Version] = StoredValue.Of(7);

        switch (state)
        {
            case FromState.Queued:
                SetStatus(item, NotificationStatus.Queued);
                item[StoredNames.QueuedAt] = StoredValue.Of(Due);
                break;

            case FromState.Processing:
                SetLease(item, Later);
                break;

            case FromState.LeaseExpired:
                SetLease(item, Due);
                break;

            case FromState.AwaitingRetry:
                SetFailed(item);
                item[StoredNames.NextAttemptAt] = StoredValue.Of(Later);
                break;

            case FromState.RetryDue:
                SetFailed(item);
                item[StoredNames.NextAttemptAt] = StoredValue.Of(Due);
                break;

            case FromState.FailedFinal:
                SetFailed(item);
                RemoveDue(item);
                break;

            case FromState.Success:
                SetStatus(item, NotificationStatus.Success);
                item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.Success()));
                item[StoredNames.DeliveredAt] = StoredValue.Of(Due);
                RemoveDue(item);
                break;
        }

        return item;
    }

    private static void SetStatus(Item item, NotificationStatus status) => item[StoredNames.Status] = StoredValue.Of(status.Text());

    private static void SetLease(Item item, DateTimeOffset until)
    {
        SetStatus(item, NotificationStatus.Processing);
        item[StoredNames.LeaseToken] = StoredValue.Of(LeaseToken);
        item[StoredNames.LeaseOwner] = StoredValue.Of("worker-1");
        item[StoredNames.LeaseStartedAt] = StoredValue.Of(Due.AddSeconds(-20));
        item[StoredNames.LeaseUntil] = StoredValue.Of(until);
        item[StoredNames.Claims] = StoredValue.Of(1);
    }

    private static void SetFailed(Item item)
    {
        SetStatus(item, NotificationStatus.Failed);
        item[StoredNames.Attempts] = StoredValue.Of(1);
        item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()));
    }

    private static void RemoveDue(Item item)
    {
        item.Remove(StoredNames.DueShard);
        item.Remove(StoredNames.DueAt);
    }

    private Task Put(Item item) => dynamoDb.PutItemAsync(TableDefinition.DefaultName, item);
}
