using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Waybill.EndToEnd.Tests.Application.FirstClassesFirst", "EndToEnd.Tests")]

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>Runs the classes with <see cref="FirstAttribute"/> before the others of their collection; xUnit itself orders collections, and tests in a class.</summary>
public sealed class FirstClassesFirst(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink sink, ITestFrameworkExecutionOptions options) =>
            base.RunTestCases(testCases.OrderBy(testCase => !IsFirst(testCase.TestMethod.TestClass.Class)), sink, options);

        private static bool IsFirst(ITypeInfo type) => type.GetCustomAttributes(typeof(FirstAttribute).AssemblyQualifiedName!).Any();
    }
}
