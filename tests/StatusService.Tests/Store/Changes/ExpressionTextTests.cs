using Waybill.StatusService.Store.Changes;

namespace Waybill.StatusService.Tests.Store.Changes;

public sealed class ExpressionTextTests
{
    [Fact]
    public void Each_placeholder_is_found_once_whatever_stands_around_it()
    {
        var text = ExpressionText.Of("SET #a = if_not_exists(#a, :zero) + :one, #map.#b[0] = :Zero REMOVE #c_2 ADD #d :one");

        Assert.Equal(["#a", "#map", "#b", "#c_2", "#d"], text.Names.Select(name => name.InText));
        Assert.Equal(["a", "map", "b", "c_2", "d"], text.Names.Select(name => name.Name));
        Assert.Equal([":zero", ":one", ":Zero"], text.Values.Select(value => value.InText));
        Assert.Equal(["zero", "one", "Zero"], text.Values.Select(value => value.Name));
    }

    [Fact]
    public void An_expression_without_placeholders_has_none_and_one_that_was_seen_is_not_looked_through_again()
    {
        var text = ExpressionText.Of("attribute_exists(pk)");

        Assert.Empty(text.Names);
        Assert.Empty(text.Values);
        Assert.Same(text, ExpressionText.Of("attribute_exists" + "(pk)"));
    }
}
