package golearn

import (
	"fmt"
	"strconv"
	"sync"

	"github.com/sjwhitworth/golearn/base"
)

// className is the name of the class attribute of a Grid. Columns are named by
// numbers, so none has this name.
const className = "class"

// classColumn stands for the class attribute where columns are counted.
const classColumn = -1

// groupColumns is how many columns share one of golearn's attribute groups. To
// add an attribute costs a copy of its group's list, so groups are short:
// 200,000 columns take a fraction of a second.
const groupColumns = 128

// schema has the attributes of a Grid: the class, and the columns, which are
// made when they are first asked for. Grids over rows of the same matrix share
// it.
type schema struct {
	cols       int
	classes    []string
	flavor     Flavor
	class      base.Attribute
	classSpec  base.AttributeSpec
	classBytes [][]byte // golearn's bytes of each class
	all        func() specs
}

// specs has the attributes of a grid in order, class first, with golearn's
// pointers to them.
type specs struct {
	attributes []base.Attribute
	specs      []base.AttributeSpec
}

// newSchema makes the schema of a grid whose class attribute is categorical.
func newSchema(cols int, classes []string, f Flavor) *schema {
	class := base.NewCategoricalAttribute()
	class.SetName(className)
	s := &schema{cols: cols, classes: classes, flavor: f, class: class}
	for c, name := range classes {
		b := class.GetSysValFromString(name)
		if len(class.GetValues()) != c+1 {
			panic(fmt.Sprintf("golearn: two classes are named %q", name))
		}
		s.classBytes = append(s.classBytes, b)
	}
	s.finish()
	return s
}

// newNumericSchema is s with the index of a class in place of its name.
func newNumericSchema(s *schema) *schema {
	out := &schema{cols: s.cols, classes: s.classes, flavor: s.flavor,
		class: base.NewFloatAttribute(className)}
	for c := range s.classes {
		out.classBytes = append(out.classBytes, base.PackFloatToBytes(float64(c)))
	}
	out.finish()
	return out
}

// finish sets what depends on the class attribute: its specification, and how
// to make the columns.
func (s *schema) finish() {
	s.classSpec = base.NewDenseInstances().AddAttribute(s.class)
	s.all = sync.OnceValue(s.build)
}

// build makes the attributes of all columns. Only golearn's DenseInstances can
// make an AttributeSpec, so an empty one does this, group by group.
func (s *schema) build() specs {
	out := specs{make([]base.Attribute, 0, s.cols+1), make([]base.AttributeSpec, 0, s.cols+1)}
	template := base.NewDenseInstances()
	out.attributes = append(out.attributes, s.class)
	out.specs = append(out.specs, template.AddAttribute(s.class))
	size := 8
	if s.flavor == Presence {
		size = 0 // golearn's sign for bits
	}
	for j := range s.cols {
		group := "columns " + strconv.Itoa(j/groupColumns)
		if j%groupColumns == 0 {
			if err := template.CreateAttributeGroup(group, size); err != nil {
				panic(err) // only a template with rows refuses
			}
		}
		a := s.attribute(j)
		spec, err := template.AddAttributeToAttributeGroup(a, group)
		if err != nil {
			panic(err) // only attributes of mixed types are refused
		}
		out.attributes = append(out.attributes, a)
		out.specs = append(out.specs, spec)
	}
	return out
}

// attribute is a new attribute of column j.
func (s *schema) attribute(j int) base.Attribute {
	if s.flavor == Presence {
		return base.NewBinaryAttribute(strconv.Itoa(j))
	}
	return base.NewFloatAttribute(strconv.Itoa(j))
}

// spec finds an attribute. The class is found without making the columns.
func (s *schema) spec(a base.Attribute) (base.AttributeSpec, error) {
	if a == nil {
		return base.AttributeSpec{}, fmt.Errorf("golearn: no attribute given")
	}
	if s.class.Equals(a) {
		return s.classSpec, nil
	}
	j, err := strconv.Atoi(a.GetName())
	if err != nil || j < 0 || j >= s.cols || !s.all().attributes[j+1].Equals(a) {
		return base.AttributeSpec{}, fmt.Errorf("golearn: the grid has no %s among its %d columns",
			a, s.cols)
	}
	return s.all().specs[j+1], nil
}

// column is the column a specification points to, or classColumn.
func (s *schema) column(spec base.AttributeSpec) int {
	a := spec.GetAttribute()
	if s.class.Equals(a) {
		return classColumn
	}
	j, err := strconv.Atoi(a.GetName())
	if err != nil || j < 0 || j >= s.cols {
		panic(fmt.Sprintf("golearn: %s is no attribute of a grid of %d columns", a, s.cols))
	}
	return j
}
