namespace Waybill.Simulation.Table;

/// <summary>A parsed condition or operand, ready to be evaluated.</summary>
internal abstract record Expression
{
    /// <param name="Name">A placeholder, or the attribute's name itself.</param>
    public sealed record Attribute(string Name) : Expression;

    public sealed record Value(string Placeholder) : Expression;

    public sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;

    /// <summary>A comparison, <c>AND</c>, <c>OR</c>, <c>+</c> or <c>-</c>.</summary>
    public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

    public sealed record In(Expression Operand, IReadOnlyList<Expression> Values) : Expression;

    public sealed record Not(Expression Inner) : Expression;
}

internal sealed record Assignment(string Name, Expression Value);

internal sealed record UpdateExpression(IReadOnlyList<Assignment> Sets, IReadOnlyList<string> Removes);
