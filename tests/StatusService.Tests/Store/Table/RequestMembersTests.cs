using System.Buffers;
using System.Collections;
using System.Reflection;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>Rules out that a member of a request gets lost, one that a later SDK adds too: it is written, or sends the request through the SDK.</summary>
public sealed class RequestMembersTests
{
    private const string Sample = "sample";

    public static TheoryData<string> Of(Type type) => [.. Settable(type).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Of), typeof(GetItemRequest))]
    public void Each_member_of_a_GetItem_is_written_or_left_to_the_SDK(string member) =>
        AssertNotLost(new GetItemRequest { TableName = "table", Key = [] }, member, RequestJson.IsPlain, RequestJson.Write);

    [Theory]
    [MemberData(nameof(Of), typeof(PutItemRequest))]
    public void Each_member_of_a_PutItem_is_written_or_left_to_the_SDK(string member) =>
        AssertNotLost(new PutItemRequest { TableName = "table", Item = [] }, member, RequestJson.IsPlain, RequestJson.Write);

    [Theory]
    [MemberData(nameof(Of), typeof(UpdateItemRequest))]
    public void Each_member_of_an_UpdateItem_is_written_or_left_to_the_SDK(string member) =>
        AssertNotLost(new UpdateItemRequest { TableName = "table", Key = [] }, member, RequestJson.IsPlain, RequestJson.Write);

    [Theory]
    [MemberData(nameof(Of), typeof(BatchGetItemRequest))]
    public void Each_member_of_a_BatchGetItem_is_written_or_left_to_the_SDK(string member) =>
        AssertNotLost(new BatchGetItemRequest { RequestItems = [] }, member, RequestJson.IsPlain, RequestJson.Write);

    [Theory]
    [MemberData(nameof(Of), typeof(QueryRequest))]
    public void Each_member_of_a_Query_is_written_or_left_to_the_SDK(string member) =>
        AssertNotLost(new QueryRequest { TableName = "table" }, member, RequestJson.IsPlain, RequestJson.Write);

    [Theory]
    [MemberData(nameof(Of), typeof(KeysAndAttributes))]
    public void Each_member_of_a_BatchGetItems_table_is_written_or_left_to_the_SDK(string member)
    {
        var keys = new KeysAndAttributes { Keys = [] };
        var request = new BatchGetItemRequest { RequestItems = new() { ["table"] = keys } };
        SetSample(keys, member);

        if (RequestJson.IsPlain(request))
        {
            var written = Written(request, RequestJson.Write).GetProperty("RequestItems").GetProperty("table");
            AssertWritten(written.GetProperty(member));
        }
    }

    [Theory]
    [MemberData(nameof(Of), typeof(AttributeValue))]
    public void Each_type_of_an_attribute_is_written_or_refused(string type)
    {
        var value = new AttributeValue();
        SetSample(value, type);
        var item = new Item { ["name"] = value };

        try
        {
            AssertWritten(Written(item, ItemJson.Write).GetProperty("name").GetProperty(type));
        }
        catch (NotSupportedException)
        {
            Assert.Contains(type, new[] { "SS", "NS", "BS", "NULL" });
        }
    }

    /// <summary>What the theories above take for granted.</summary>
    [Fact]
    public void A_request_without_anything_unusual_is_plain_and_one_with_is_not()
    {
        Assert.True(RequestJson.IsPlain(new GetItemRequest { ConsistentRead = true, ReturnConsumedCapacity = "TOTAL" }));
        Assert.False(RequestJson.IsPlain(new GetItemRequest { ProjectionExpression = "pk" }));
        Assert.True(RequestJson.IsPlain(new PutItemRequest { ConditionExpression = "a = :b", ReturnValues = "ALL_OLD" }));
        Assert.False(RequestJson.IsPlain(new PutItemRequest { ReturnItemCollectionMetrics = "SIZE" }));
        Assert.True(RequestJson.IsPlain(new UpdateItemRequest { UpdateExpression = "SET a = :b", ReturnValues = "ALL_OLD" }));
        Assert.False(RequestJson.IsPlain(new UpdateItemRequest { ReturnItemCollectionMetrics = "SIZE" }));
        Assert.True(RequestJson.IsPlain(new QueryRequest { IndexName = "due", KeyConditionExpression = "a = :b", Limit = 1, ScanIndexForward = false, ExclusiveStartKey = [] }));
        Assert.False(RequestJson.IsPlain(new QueryRequest { FilterExpression = "a = :b" }));
        Assert.True(RequestJson.IsPlain(new BatchGetItemRequest { RequestItems = new() { ["table"] = new() { ConsistentRead = true } } }));
        Assert.False(RequestJson.IsPlain(new BatchGetItemRequest { RequestItems = new() { ["table"] = new(), ["other"] = new() { ProjectionExpression = "pk" } } }));
    }

    private static void AssertNotLost<T>(T request, string member, Func<T, bool> isPlain, Action<Utf8JsonWriter, T> write)
        where T : notnull
    {
        SetSample(request, member);

        if (isPlain(request))
        {
            AssertWritten(Written(request, write).GetProperty(member));
        }
    }

    private static JsonElement Written<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();

        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer, value);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void AssertWritten(JsonElement value) => Assert.True(
        value.GetRawText().Contains(Sample, StringComparison.Ordinal) || value.ValueKind is JsonValueKind.True || value.GetRawText() == "7" || value.GetRawText().Contains("c2FtcGxl", StringComparison.Ordinal),
        value.GetRawText());

    /// <summary>Without those that only say whether another is set.</summary>
    private static IEnumerable<PropertyInfo> Settable(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && !(property.Name.StartsWith("Is", StringComparison.Ordinal) && property.Name.EndsWith("Set", StringComparison.Ordinal)));

    private static void SetSample(object target, string member)
    {
        var property = target.GetType().GetProperty(member)!;
        property.SetValue(target, SampleOf(property.PropertyType));
    }

    private static object SampleOf(Type type)
    {
        if (type == typeof(string))
        {
            return Sample;
        }

        if (type == typeof(bool?))
        {
            return true;
        }

        if (type == typeof(int?))
        {
            return 7;
        }

        if (type == typeof(MemoryStream))
        {
            return new MemoryStream("sample"u8.ToArray());
        }

        if (type == typeof(AttributeValue))
        {
            return new AttributeValue { S = Sample };
        }

        if (type.IsSubclassOf(typeof(ConstantClass)))
        {
            return Activator.CreateInstance(type, Sample)!;
        }

        var sample = Activator.CreateInstance(type) ?? throw new NotSupportedException($"No sample of {type}.");

        switch (sample)
        {
            case IDictionary map:
                map.Add(Sample, SampleOf(type.GetGenericArguments()[1]));
                break;

            case IList list:
                list.Add(SampleOf(type.GetGenericArguments()[0]));
                break;

            case KeysAndAttributes keys:
                keys.Keys = [];
                break;
        }

        return sample;
    }
}
