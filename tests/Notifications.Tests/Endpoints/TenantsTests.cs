using Waybill.Notifications.Endpoints;

namespace Waybill.Notifications.Tests.Endpoints;

/// <summary>Rules out a tenant that cannot stand in a path, or that DynamoDB's key has no room for.</summary>
public sealed class TenantsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("example-ltd")]
    [InlineData("A.b_c~d-9")]
    [InlineData("...")]
    [InlineData(".hidden")]
    [InlineData(Tenants.Reserved)]
    public void An_owners_own_id_is_one(string text)
    {
        Assert.True(Tenants.IsValid(text));
        Assert.Equal(text, Uri.EscapeDataString(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a%2fb")]
    [InlineData("a:b")]
    [InlineData("a\n")]
    [InlineData("größe")]
    public void What_means_something_else_in_a_path_is_none(string text) => Assert.False(Tenants.IsValid(text));

    [Fact]
    public void It_has_128_characters_at_most() =>
        Assert.Equal((true, false), (Tenants.IsValid(new string('a', 128)), Tenants.IsValid(new string('a', 129))));
}
