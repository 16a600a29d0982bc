using Amazon.DynamoDBv2;
using Waybill.StatusService.Store.Table;
using Xunit;

namespace Waybill.Simulation.Contract.ExtendDb;

/// <summary>Here the signature counts.</summary>
public sealed class ExtendDbTableClientTests(ExtendDbFixture extendDb) : TableClientContract, IClassFixture<ExtendDbFixture>, IDisposable
{
    private readonly TableClient _client = ExtendDb.CreateTableClient(extendDb.Emulator);

    private protected override ITableClient Client => _client;

    protected override IAmazonDynamoDB DynamoDb => extendDb.DynamoDb;

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("PutItem")]
    [InlineData("UpdateItem")]
    [InlineData("GetItem")]
    [InlineData("BatchGetItem")]
    public async Task A_call_signed_with_another_secret_is_refused(string operation)
    {
        using var stranger = ExtendDb.CreateTableClient(extendDb.Emulator, secretKey: "wrong");

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => Call(stranger, operation, "notifications"));

        Assert.Contains(refusal.ErrorCode, new[] { "InvalidSignatureException", "UnrecognizedClientException" });
    }
}
