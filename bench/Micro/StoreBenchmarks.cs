using BenchmarkDotNet.Attributes;
using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;

namespace Waybill.Micro;

/// <summary>What the status service does around each call to the table.</summary>
public class StoreBenchmarks
{
    private readonly Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue> _state =
        StateItem.New(Samples.Accept, Samples.Now, Samples.Now.AddSeconds(25));

    private readonly Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue> _request = RequestItem.New(Samples.Accept, Samples.Now.AddDays(30));

    [Benchmark]
    public object WriteRequestItem() => RequestItem.New(Samples.Accept, Samples.Now.AddDays(30));

    [Benchmark]
    public object ReadRequestItem() => RequestItem.Read(_request);

    [Benchmark]
    public object WriteStateItem() => StateItem.New(Samples.Accept, Samples.Now, Samples.Now.AddSeconds(25));

    [Benchmark]
    public object ReadStateItem() => StateItem.Read(_state);

    /// <summary>Expression, names and values of a result's write.</summary>
    [Benchmark]
    public object BuildCondition() => Change().ToRequest("notifications", Samples.Accept.Id);

    /// <summary>What the write makes of the old item.</summary>
    [Benchmark]
    public object ApplyChange() => Change().ApplyTo(_state);

    private static StateChange Change() => new StateChange(TransitionTable.Succeed, Samples.Now, StoredValue.Of("token"))
        .Set(RecordField.DeliveryResult, StoredNames.DeliveryResult, StoredValue.Of(ResultMap.Write(Samples.Result)))
        .Set(RecordField.DeliveredAt, StoredNames.DeliveredAt, StoredValue.Of(Samples.Now))
        .Remove(RecordField.DueAt, StoredNames.DueShard, StoredNames.DueAt);
}
