using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Waybill.Hosting.Sealing;
using Waybill.Notifications.Sealing;

namespace Waybill.DeliveryWorker.Tests.Sealing;

/// <summary>Rules out that a service starts with a key that it cannot use, or tells a key that it refuses.</summary>
public sealed class SealingOptionsTests
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void Keys_that_differ_are_taken() => Assert.Empty(Errors(("2026", Key), ("2025.old_key-1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));

    [Fact]
    public void Without_any_it_starts() => Assert.Empty(Errors());

    [Theory]
    [InlineData("")]
    [InlineData("not base 64!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_key_is_of_32_bytes_and_one_that_is_refused_is_not_told(string key)
    {
        var error = Assert.Single(Errors(("2026", Key), ("2025", key)));

        Assert.StartsWith("Sealing:Keys:1:Key must be the base 64 of 32 bytes.", error, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !error.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("größe")]
    [InlineData("123456789012345678901234567890123")]
    public void An_id_is_short_and_plain(string id) => Assert.StartsWith("Sealing:Keys:0:Id must be", Assert.Single(Errors((id, Key))), StringComparison.Ordinal);

    [Fact]
    public void No_two_keys_have_the_same_id() =>
        Assert.StartsWith("Sealing:Keys:1:Id is that of another key", Assert.Single(Errors(("2026", Key), ("2026", Key))), StringComparison.Ordinal);

    [Fact]
    public void There_are_five_at_most()
    {
        var keys = Enumerable.Range(1, 6).Select(number => ($"key-{number}", Key)).ToArray();

        Assert.Empty(Errors(keys[..5]));
        Assert.StartsWith("Sealing:Keys must hold at most 5 keys, not 6.", Assert.Single(Errors(keys)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_the_configuration_seals_and_each_opens()
    {
        var old = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var before = SealerWith(("2025", old)).Seal("secret"u8, "alice");
        var sealer = SealerWith(("2026", Key), ("2025", old));

        Assert.Equal("2026", sealer.Seal("secret"u8, "alice").KeyId);
        Assert.Equal("secret"u8.ToArray(), sealer.Open(before, "alice"));
    }

    [Fact]
    public async Task A_key_that_cannot_be_used_ends_the_start()
    {
        using var host = HostWith(("2026", "c2hvcnQ="));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Sealing:Keys:0:Key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ=", refused.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Errors(params (string Id, string Key)[] keys)
    {
        var options = new SealingOptions();
        options.Keys.AddRange(keys.Select(key => new SealingKeyOptions { Id = key.Id, Key = key.Key }));

        return new SealingOptionsValidator().Validate(null, options).Failures ?? [];
    }

    private static Sealer SealerWith(params (string Id, string Key)[] keys)
    {
        using var host = HostWith(keys);
        return host.Services.GetRequiredService<Sealer>();
    }

    private static IHost HostWith(params (string Id, string Key)[] keys)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(keys.SelectMany((key, index) => new[]
        {
            KeyValuePair.Create($"Sealing:Keys:{index}:Id", (string?)key.Id),
            KeyValuePair.Create($"Sealing:Keys:{index}:Key", (string?)key.Key),
        }));
        builder.AddSealing();
        return builder.Build();
    }
}
