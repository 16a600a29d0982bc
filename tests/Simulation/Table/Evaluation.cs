using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Waybill.Simulation.Table;

/// <summary>
/// Evaluates expressions of one request on one item. Afterwards <see cref="ExpectAllUsed"/> refuses placeholders that nothing used,
/// as DynamoDB does.
/// </summary>
internal sealed class Evaluation(Dictionary<string, string>? names, Item? values)
{
    private readonly HashSet<string> _used = [];

    public bool IsTrue(Expression condition, Item? item) => condition switch
    {
        // Both sides are evaluated, so that every placeholder counts as used.
        Expression.Binary { Operator: "AND" } and => IsTrue(and.Left, item) & IsTrue(and.Right, item),
        Expression.Binary { Operator: "OR" } or => IsTrue(or.Left, item) | IsTrue(or.Right, item),
        Expression.In { Operand: var one, Values: var values } => values.Count(value => Compare("=", Operand(one, item), Operand(value, item))) > 0,
        Expression.Not not => !IsTrue(not.Inner, item),
        Expression.Binary comparison => Compare(comparison.Operator, Operand(comparison.Left, item), Operand(comparison.Right, item)),
        Expression.Call { Function: "attribute_exists" } call => Operand(Single(call), item) is not null,
        Expression.Call { Function: "attribute_not_exists" } call => Operand(Single(call), item) is null,
        _ => throw TableErrors.Validation($"Invalid condition: {condition}."),
    };

    public Item Apply(UpdateExpression update, Item old)
    {
        var item = new Item(old);
        var written = new HashSet<string>();

        foreach (var set in update.Sets)
        {
            // Every right side sees the item as it was.
            item[Write(set.Name, written)] = Operand(set.Value, old)
                ?? throw TableErrors.Validation("The provided expression refers to an attribute that does not exist in the item");
        }

        foreach (var name in update.Removes)
        {
            item.Remove(Write(name, written));
        }

        return item;
    }

    public void ExpectAllUsed()
    {
        foreach (var placeholder in (names?.Keys ?? Enumerable.Empty<string>()).Concat(values?.Keys ?? Enumerable.Empty<string>()))
        {
            if (!_used.Contains(placeholder))
            {
                throw TableErrors.Validation($"Value unused in expressions: {placeholder}");
            }
        }
    }

    private AttributeValue? Operand(Expression operand, Item? item) => operand switch
    {
        Expression.Attribute attribute => Read(item, NameOf(attribute.Name)),
        Expression.Value value => ValueOf(value.Placeholder),
        Expression.Call { Function: "if_not_exists", Arguments: [var first, var second] } => Either(Operand(first, item), Operand(second, item)),
        Expression.Call { Function: "list_append", Arguments: [var first, var second] } => Joined(Operand(first, item), Operand(second, item)),
        Expression.Call { Function: "size", Arguments: [var measured] } => Size(Operand(measured, item)),
        Expression.Binary { Operator: "+" } sum => Number(Number(sum.Left, item) + Number(sum.Right, item)),
        Expression.Binary { Operator: "-" } difference => Number(Number(difference.Left, item) - Number(difference.Right, item)),
        _ => throw TableErrors.Validation($"Invalid operand: {operand}."),
    };

    private static AttributeValue? Read(Item? item, string name) => item?.GetValueOrDefault(name);

    private static AttributeValue? Either(AttributeValue? first, AttributeValue? second) => first ?? second;

    private static AttributeValue Joined(AttributeValue? first, AttributeValue? second) =>
        first?.L is { } head && second?.L is { } tail
            ? new AttributeValue { L = [.. head, .. tail] }
            : throw TableErrors.Validation("An operand in the update expression has an incorrect data type");

    /// <summary>Of what has no size, none: comparing with it is false.</summary>
    private static AttributeValue? Size(AttributeValue? value) => value switch
    {
        { L: { } list } => Number(list.Count),
        { M: { } map } => Number(map.Count),
        { S: { } text } => Number(System.Text.Encoding.UTF8.GetByteCount(text)),
        _ => null,
    };

    private decimal Number(Expression operand, Item? item) =>
        Operand(operand, item)?.N is { } number
            ? decimal.Parse(number, CultureInfo.InvariantCulture)
            : throw TableErrors.Validation("An operand in the update expression has an incorrect data type");

    private static AttributeValue Number(decimal number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static bool Compare(string comparison, AttributeValue? left, AttributeValue? right)
    {
        int? order = (left, right) switch
        {
            ({ N: { } a }, { N: { } b }) => decimal.Parse(a, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(b, CultureInfo.InvariantCulture)),
            ({ S: { } a }, { S: { } b }) => string.CompareOrdinal(a, b),
            ({ BOOL: { } a }, { BOOL: { } b }) => a.CompareTo(b),
            _ => null,
        };

        return comparison switch
        {
            // What is of another type, or not there, is unequal and has no order.
            "<>" => order != 0,
            "=" => order == 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static Expression Single(Expression.Call call) =>
        call.Arguments.Count == 1 ? call.Arguments[0] : throw TableErrors.Validation($"Incorrect number of operands for {call.Function}");

    private string Write(string name, HashSet<string> written)
    {
        var real = NameOf(name);
        return written.Add(real) ? real : throw TableErrors.Validation($"Two document paths overlap with each other: {real}");
    }

    private string NameOf(string name)
    {
        if (!name.StartsWith('#'))
        {
            return name;
        }

        _used.Add(name);
        return names?.GetValueOrDefault(name) ?? throw TableErrors.Validation($"An expression attribute name used in the document path is not defined: {name}");
    }

    private AttributeValue ValueOf(string placeholder)
    {
        _used.Add(placeholder);
        return values?.GetValueOrDefault(placeholder) ?? throw TableErrors.Validation($"An expression attribute value used in expression is not defined: {placeholder}");
    }
}
