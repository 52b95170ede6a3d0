"""Names the wheel after the platform of the binary it carries; all else stands in pyproject.toml."""

import os

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel


class PlatformWheel(bdist_wheel):
    """A wheel for one platform and any Python: the binary is static, the code is Python."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False
        self.plat_name = os.environ.get("STANCE_PLATFORM", "manylinux2014_x86_64")
        self.plat_name_supplied = True

    def get_tag(self):
        return "py3", "none", self.plat_name


setup(cmdclass={"bdist_wheel": PlatformWheel})
