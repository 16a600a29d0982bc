using Amazon.DynamoDBv2;
using Xunit;

namespace Waybill.Simulation.Contract.ExtendDb;

public sealed class ExtendDbTableTests(ExtendDbFixture extendDb) : TableContract, IClassFixture<ExtendDbFixture>
{
    protected override IAmazonDynamoDB DynamoDb => extendDb.DynamoDb;

    /// <summary>The other emulator takes any signature: rules out that a wrong one goes unnoticed until AWS refuses it.</summary>
    [Fact]
    public async Task A_request_signed_with_another_secret_is_refused()
    {
        using var stranger = ExtendDb.CreateClient(extendDb.Emulator, secretKey: "wrong");

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => stranger.ListTablesAsync());

        Assert.Contains(refusal.ErrorCode, new[] { "InvalidSignatureException", "UnrecognizedClientException" });
    }
}
