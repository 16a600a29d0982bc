using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Tests.Signing;

/// <summary>Rules out that a call for an endpoint goes out unsigned, or signed with anything but all of its secrets: where one cannot be opened, that is the attempt's outcome.</summary>
public sealed class SealedSecretTests(RunningReceiver receiver) : IClassFixture<RunningReceiver>
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static readonly SealingKey Key = new("2026", RandomNumberGenerator.GetBytes(Sealer.KeyBytes));
    private static readonly EventReference Happened = new("evt_01m8mwr2b9t4z3c0n6h5e1k7qs", "order.paid", "acme", "ep_01m8mwr20qn8vpywdgf77hbw08");

    public enum Damage
    {
        NoKeyAtAll,
        AnotherKey,
        AnotherKeyOfTheSameId,
        AByteWasChanged,
        Nothing,
        SealedForAnotherEndpoint,
        SealedForAnotherOwner,
        NoSecretWithin,
        OneOfTwo,
        None,
        Missing,
    }

    [Fact]
    public async Task A_call_for_an_endpoint_is_signed_with_each_of_its_secrets_and_not_with_its_owners()
    {
        using var attempt = new TestAttempt(sealing: [Key], secrets: ["whsec_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"]);
        var claim = Claim(receiver.Url("/hook/sealed"), [Seal(Secret), Seal(Other)]);

        await attempt.Attempt.MakeAsync(claim);

        var headers = receiver.Received("/hook/sealed").Single().Headers;
        var timestamp = long.Parse(headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        Assert.Equal(Happened.Id, headers["webhook-id"]);
        Assert.Equal(Signers.With(Secret, Other).Sign("shop", Happened.Id, timestamp, claim.Request.Body), headers["webhook-signature"]);
    }

    [Theory]
    [InlineData(Damage.NoKeyAtAll)]
    [InlineData(Damage.AnotherKey)]
    [InlineData(Damage.AnotherKeyOfTheSameId)]
    [InlineData(Damage.AByteWasChanged)]
    [InlineData(Damage.Nothing)]
    [InlineData(Damage.SealedForAnotherEndpoint)]
    [InlineData(Damage.SealedForAnotherOwner)]
    [InlineData(Damage.NoSecretWithin)]
    [InlineData(Damage.OneOfTwo)]
    [InlineData(Damage.None)]
    [InlineData(Damage.Missing)]
    public async Task A_secret_that_cannot_be_opened_is_the_outcome_and_nothing_is_sent(Damage damage)
    {
        using var attempt = new TestAttempt(sealing: KeysOf(damage), secrets: [Other]);

        var outcome = await attempt.Attempt.MakeAsync(Claim(receiver.Url($"/hook/{damage}"), SecretsOf(damage)));

        Assert.Equal((FailureKind.SecretSealed, null), (outcome.Failure?.Kind, outcome.Response));
        Assert.Equal((DeliveryCategory.Blocked, true, "secret_sealed"), (outcome.Classification.Category, outcome.Classification.RetryEligible, outcome.Classification.ErrorCode));
        Assert.DoesNotContain(Secret[6..], outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(receiver.Received($"/hook/{damage}"));
    }

    private static SealingKey[] KeysOf(Damage damage) => damage switch
    {
        Damage.NoKeyAtAll => [],
        Damage.AnotherKey => [new SealingKey("2025", Key.Key)],
        Damage.AnotherKeyOfTheSameId => [new SealingKey(Key.Id, RandomNumberGenerator.GetBytes(Sealer.KeyBytes))],
        _ => [Key],
    };

    private static SealedSecret[]? SecretsOf(Damage damage)
    {
        var sound = Seal(Secret);

        return damage switch
        {
            Damage.AByteWasChanged => [sound with { Bytes = [(byte)(sound.Bytes[0] ^ 1), .. sound.Bytes[1..]] }],
            Damage.Nothing => [sound with { Bytes = [] }],
            Damage.SealedForAnotherEndpoint => [Seal(Secret, endpointId: "ep_other")],
            Damage.SealedForAnotherOwner => [Seal(Secret, owner: "somebody")],
            Damage.NoSecretWithin => [Seal("whsec_AAAA")],
            Damage.OneOfTwo => [sound, Seal(Other, owner: "somebody")],
            Damage.None => [],
            Damage.Missing => null,
            _ => [sound],
        };
    }

    private static ClaimResponse Claim(string url, IReadOnlyList<SealedSecret>? secrets)
    {
        var claim = A.Claim(url);
        return claim with { Record = claim.Record with { Event = Happened }, Secrets = secrets };
    }

    private static SealedSecret Seal(string secret, string owner = "shop", string? endpointId = null) =>
        new Sealer([Key]).Seal(Encoding.ASCII.GetBytes(secret), owner, Happened.Tenant, endpointId ?? Happened.EndpointId);
}
