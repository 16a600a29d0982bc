using Waybill.Notifications.Endpoints;

namespace Waybill.Notifications.Tests.Endpoints;

/// <summary>Rules out that an event goes to an endpoint that did not ask for it, or not to one that did.</summary>
public sealed class EventTypesTests
{
    [Theory]
    [InlineData("order")]
    [InlineData("order.paid")]
    [InlineData("Order.Paid_2-x.7")]
    [InlineData("-._")]
    public void A_type_is_of_segments(string text) => Assert.True(EventTypes.IsType(text) && EventTypes.IsPattern(text));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("order.")]
    [InlineData(".paid")]
    [InlineData("order..paid")]
    [InlineData("order paid")]
    [InlineData("order/paid")]
    [InlineData("größe")]
    [InlineData("order.paid\n")]
    public void What_has_an_empty_segment_or_another_character_is_neither(string text) => Assert.False(EventTypes.IsType(text) || EventTypes.IsPattern(text));

    [Theory]
    [InlineData("*", true)]
    [InlineData("order.*", true)]
    [InlineData("order.line.*", true)]
    [InlineData("**", false)]
    [InlineData("*.paid", false)]
    [InlineData("order.*.paid", false)]
    [InlineData("order*", false)]
    [InlineData("order.pa*", false)]
    [InlineData(".*", false)]
    [InlineData("*.*", false)]
    [InlineData("order.*.*", false)]
    public void A_star_stands_alone_or_at_the_end_and_is_in_no_type(string text, bool isPattern) =>
        Assert.Equal((isPattern, false), (EventTypes.IsPattern(text), EventTypes.IsType(text)));

    [Fact]
    public void Both_have_128_characters_at_most()
    {
        var longest = new string('a', 128);

        Assert.Equal((true, false), (EventTypes.IsType(longest), EventTypes.IsType(longest + "a")));
        Assert.Equal((true, false), (EventTypes.IsPattern(longest[2..] + ".*"), EventTypes.IsPattern(longest[1..] + ".*")));
    }

    [Theory]
    [InlineData("*", "order", true)]
    [InlineData("*", "order.paid", true)]
    [InlineData("order.paid", "order.paid", true)]
    [InlineData("order.paid", "order", false)]
    [InlineData("order.paid", "order.paid.twice", false)]
    [InlineData("order.paid", "Order.paid", false)]
    [InlineData("user.*", "user.created", true)]
    [InlineData("user.*", "user.address.changed", true)]
    [InlineData("user.*", "user", false)]
    [InlineData("user.*", "users.created", false)]
    [InlineData("user.*", "User.created", false)]
    [InlineData("user.*", "superuser.created", false)]
    [InlineData("user.address.*", "user.created", false)]
    [InlineData("user.address.*", "user.address.changed", true)]
    public void A_pattern_takes_its_type_or_all_below(string pattern, string type, bool matches)
    {
        Assert.True(EventTypes.IsPattern(pattern) && EventTypes.IsType(type));
        Assert.Equal(matches, EventTypes.Matches(pattern, type));
    }
}
