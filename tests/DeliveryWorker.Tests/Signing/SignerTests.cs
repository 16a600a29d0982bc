using Waybill.DeliveryWorker.Signing;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Signing;

public sealed class SignerTests
{
    /// <summary>The vector that the specification's own libraries are tested with.</summary>
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private const string NextSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    [Fact]
    public void The_specifications_vector_is_met() =>
        Assert.Equal(Signature, Signers.With(Secret).Sign("shop", Id, Timestamp, """{"test": 2432232314}"""u8));

    [Fact]
    public void Every_active_secret_signs()
    {
        var signature = Signers.With(NextSecret, Secret).Sign("shop", Id, Timestamp, """{"test": 2432232314}"""u8)!;

        Assert.Equal(2, signature.Split(' ').Length);
        Assert.EndsWith(" " + Signature, signature, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_without_secrets_gets_no_signature() =>
        Assert.Null(Signers.With(Secret).Sign("someone", Id, Timestamp, []));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_AAAA")]
    [InlineData("whsec_not base 64 at all, not at all")]
    [InlineData("whsec_dG9vIHNob3J0")]
    public void A_wrong_secret_is_named_at_start_and_never_shown(string secret)
    {
        var options = new SigningOptions { Owners = { ["shop"] = new OwnerSecrets { Secrets = { Secret, secret } } } };

        var message = new SigningOptionsValidator().Validate(null, options).FailureMessage;

        Assert.Contains("Signing:Owners:shop:Secrets:1", message, StringComparison.Ordinal);
        Assert.DoesNotContain($"'{secret}'", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_with_an_empty_list_is_a_mistake()
    {
        var options = new SigningOptions { Owners = { ["shop"] = new OwnerSecrets() } };

        Assert.True(new SigningOptionsValidator().Validate(null, options).Failed);
    }
}
