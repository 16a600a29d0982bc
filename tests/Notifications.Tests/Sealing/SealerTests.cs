using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.Notifications.Tests.Sealing;

/// <summary>Rules out that a secret opens anywhere but where it belongs, and that it or a key is told on the way.</summary>
public sealed class SealerTests
{
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static readonly SealingKey Old = new("2025", RandomNumberGenerator.GetBytes(Sealer.KeyBytes));
    private static readonly SealingKey New = new("2026", RandomNumberGenerator.GetBytes(Sealer.KeyBytes));
    private static readonly Sealer Sealer1 = new([Old]);

    [Fact]
    public void What_is_sealed_opens_where_it_belongs() => Assert.Equal(Secret, Open(Sealer1, Seal(Sealer1), "alice", "example-ltd", "ep_1"));

    [Fact]
    public void The_same_secret_is_sealed_otherwise_each_time_and_is_not_to_be_seen()
    {
        var (first, second) = (Seal(Sealer1), Seal(Sealer1));

        Assert.NotEqual(first.Bytes, second.Bytes);
        Assert.True(first.Bytes.AsSpan().IndexOf("whsec_"u8) < 0);
    }

    [Theory]
    [InlineData("bob", "example-ltd", "ep_1")]
    [InlineData("alice", "another-ltd", "ep_1")]
    [InlineData("alice", "example-ltd", "ep_2")]
    [InlineData("aliceexample-ltd", "", "ep_1")]
    [InlineData("alice", "example-lt", "dep_1")]
    public void It_opens_for_no_other_owner_tenant_or_endpoint(params string[] belongsTo) => AssertClosed(Sealer1, Seal(Sealer1), belongsTo);

    [Fact]
    public void It_does_not_open_for_a_part_of_what_it_belongs_to() => AssertClosed(Sealer1, Seal(Sealer1), "alice", "example-ltd");

    [Fact]
    public void It_does_not_open_when_any_byte_was_changed()
    {
        var whole = Seal(Sealer1);

        for (var index = 0; index < whole.Bytes.Length; index++)
        {
            var bytes = whole.Bytes.ToArray();
            bytes[index] ^= 1;
            AssertClosed(Sealer1, whole with { Bytes = bytes }, "alice", "example-ltd", "ep_1");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(27)]
    [InlineData(28)]
    public void It_does_not_open_when_it_was_cut_off(int length)
    {
        var whole = Seal(Sealer1);
        AssertClosed(Sealer1, whole with { Bytes = whole.Bytes[..length] }, "alice", "example-ltd", "ep_1");
    }

    [Fact]
    public void A_new_key_goes_before_the_old_one_which_still_opens_what_it_has_sealed()
    {
        var both = new Sealer([New, Old]);
        var before = Seal(Sealer1);
        var after = Seal(both);

        Assert.Equal(("2025", "2026"), (before.KeyId, after.KeyId));
        Assert.Equal([Secret, Secret], [Open(both, before, "alice", "example-ltd", "ep_1"), Open(both, after, "alice", "example-ltd", "ep_1")]);
    }

    [Fact]
    public void Without_its_key_it_does_not_open_and_the_key_that_is_missing_is_named()
    {
        var trouble = AssertClosed(new Sealer([New]), Seal(Sealer1), "alice", "example-ltd", "ep_1");

        Assert.Contains("'2025'", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_of_the_same_id_does_not_open_it() =>
        AssertClosed(new Sealer([new SealingKey(Old.Id, New.Key)]), Seal(Sealer1), "alice", "example-ltd", "ep_1");

    [Fact]
    public void Without_keys_nothing_is_sealed_and_the_setting_is_named() =>
        Assert.Contains("Sealing:Keys", Assert.Throws<SealException>(() => Seal(new Sealer([]))).Message, StringComparison.Ordinal);

    [Fact]
    public void Neither_a_secret_nor_a_key_is_printed()
    {
        var texts = new[] { Old.ToString(), Seal(Sealer1).ToString(), new EndpointAnswer(null, Secret).ToString(), new EndpointOutcome(true, new EndpointAnswer(null, Secret)).ToString(), $"{Sealer1}" };

        Assert.All(texts, text => AssertTellsNothing(text!));
    }

    [Fact]
    public void It_is_the_same_after_it_was_sent_as_JSON()
    {
        var whole = Seal(Sealer1);
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(whole, NotificationsJson.Default.SealedSecret), NotificationsJson.Default.SealedSecret)!;

        Assert.Equal(Secret, Open(Sealer1, read, "alice", "example-ltd", "ep_1"));
    }

    private static SealedSecret Seal(Sealer sealer) => sealer.Seal(Encoding.ASCII.GetBytes(Secret), "alice", "example-ltd", "ep_1");

    private static string Open(Sealer sealer, SealedSecret secret, params string[] belongsTo) => Encoding.ASCII.GetString(sealer.Open(secret, belongsTo));

    private static SealException AssertClosed(Sealer sealer, SealedSecret secret, params string[] belongsTo)
    {
        var trouble = Assert.Throws<SealException>(() => sealer.Open(secret, belongsTo));
        AssertTellsNothing(trouble.ToString());
        return trouble;
    }

    private static void AssertTellsNothing(string text)
    {
        foreach (var secret in new[] { Secret, Secret[6..], Convert.ToBase64String(Old.Key), Convert.ToHexString(Old.Key), Convert.ToBase64String(New.Key) })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
